from django.urls import path

from .views import choices, quality

# fmt: off
urlpatterns = [
    path("kvalitet/", quality.quality, name="quality"),
    path("kvalitet/matt/<slug:code>/", quality.kpi_detail, name="kpi-detail"),
    path("valj/matt/", choices.kpi_search, name="kpi-search"),
    path("kvalitet/<slug:slug>/", quality.area_detail, name="area-detail"),
]
# fmt: on
