from django.urls import path

from .views import catalogue, choices, imports, linking, own_kpis, quality, surveys, units

# fmt: off
urlpatterns = [
    path("kvalitet/", quality.quality, name="quality"),
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
    path("kvalitet/egna/", own_kpis.own_kpi_list, name="own-kpi-list"),
    path("kvalitet/egna/ny/", own_kpis.own_kpi_create, name="own-kpi-create"),
    path("kvalitet/egna/resultat/", surveys.result_choose, name="result-choose"),
    path("kvalitet/egna/fil/", surveys.result_file_new, name="result-file-new"),
    path("kvalitet/egna/fil/mall/", surveys.result_template, name="result-template"),
    path("kvalitet/egna/fil/<int:pk>/", surveys.result_file, name="result-file"),
    path("kvalitet/egna/fil/<int:pk>/las-in/", surveys.result_file_confirm, name="result-file-confirm"),
    path("kvalitet/egna/<slug:code>/", own_kpis.own_kpi_edit, name="own-kpi-edit"),
    path("kvalitet/egna/<slug:code>/resultat/", surveys.own_kpi_results, name="own-kpi-results"),
    path("kvalitet/enheter/koppla/", linking.link_list, name="service-unit-link"),
    path("kvalitet/enheter/koppla/<int:pk>/", linking.link_one, name="service-unit-link-one"),
    path("kvalitet/enhet/<int:pk>/", units.service_unit, name="service-unit"),
    path("kvalitet/enhet/<int:pk>/resultat/<slug:code>/", surveys.unit_results, name="unit-results"),
    path("kvalitet/<slug:slug>/enheter/", units.area_units, name="area-units"),
    path("kvalitet/<slug:slug>/", quality.area_detail, name="area-detail"),
]
# fmt: on
