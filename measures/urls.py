from django.urls import path

from .views import catalogue, choices, imports, quality

# fmt: off
urlpatterns = [
    path("kvalitet/", quality.quality, name="quality"),
    path("kvalitet/matt/<slug:code>/", quality.kpi_detail, name="kpi-detail"),
    path("valj/matt/", choices.kpi_search, name="kpi-search"),
    path("valj/kommun/", choices.municipality_search, name="municipality-search"),
    path("kvalitet/katalog/", catalogue.catalogue_list, name="kpi-catalogue"),
    path("kvalitet/katalog/<slug:code>/", catalogue.catalogue_kpi, name="catalogue-kpi"),
    path("kvalitet/katalog/<slug:code>/folj/", catalogue.follow, name="kpi-follow"),
    path("kvalitet/katalog/<slug:code>/varden/", catalogue.kpi_preview, name="kpi-preview"),
    path("kvalitet/katalog/<slug:code>/brott/", catalogue.break_add, name="kpi-break-add"),
    path("kvalitet/katalog/<slug:code>/brott/<int:year>/", catalogue.break_remove, name="kpi-break-remove"),
    path("kvalitet/hamtningar/", imports.import_list, name="import-list"),
    path("kvalitet/hamtningar/<int:pk>/", imports.import_run, name="import-run"),
    path("kvalitet/hamtningar/<int:pk>/avbryt/", imports.import_cancel, name="import-cancel"),
    path("kvalitet/hamtningar/<int:pk>/igen/", imports.import_retry, name="import-retry"),
    path("kvalitet/<slug:slug>/", quality.area_detail, name="area-detail"),
]
# fmt: on
