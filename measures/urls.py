from django.urls import path

from .views import quality

# fmt: off
urlpatterns = [
    path("kvalitet/", quality.quality, name="quality"),
    path("kvalitet/matt/<slug:kolada_id>/", quality.kpi_detail, name="kpi-detail"),
    path("kvalitet/<slug:slug>/", quality.area_detail, name="area-detail"),
]
# fmt: on
