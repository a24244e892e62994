from django.urls import path

from .views import documents, exports, kept, measure, posters, public_quality, releases, start

# fmt: off
urlpatterns = [
    path("", start.start, name="start"),
    path("arbeten/rapporter/<int:pk>/godkann/", documents.report_approve, name="report-approve"),
    path("arbeten/rapporter/<int:pk>/pdf/", documents.report_document, name="report-document"),
    path("arbeten/rapporter/<int:pk>/pdf/skapa/", documents.document_request, name="document-request"),
    path("moten/<int:pk>/protokoll/", kept.meeting_minutes, name="meeting-minutes"),
    path("moten/<int:pk>/protokoll/skapa/", kept.minutes_request, name="minutes-request"),
    path("anmalan/<int:pk>/pdf/", kept.decision_list_paper, name="decision-list-paper"),
    path("anmalan/<int:pk>/pdf/skapa/", kept.decision_list_request, name="decision-list-request"),
    path("affischer/", posters.poster_choose, name="poster-choose"),
    path("affischer/<int:pk>/", posters.poster_detail, name="poster-detail"),
    path("affischer/<int:pk>/skapa/", posters.poster_request, name="poster-request"),
    path("i/<int:pk>/", posters.poster_scan, name="poster-scan"),
    path("dokument/<int:pk>/", documents.document_download, name="document-download"),
    path("kvalitet/matt/<slug:code>/", measure.kpi_detail, name="kpi-detail"),
    path("kvalitet/matt/<slug:code>/utforska/<slug:picture>/", measure.kpi_explore, name="kpi-explore"),
    path("kvalitet/<slug:slug>/kvalitetsmatt/<int:pk>/", measure.measure_detail, name="measure-detail"),
    path("kvalitet/<slug:slug>/kvalitetsmatt/<int:pk>/utforska/<slug:picture>/", measure.measure_explore, name="measure-explore"),
    path("kvalitet/offentligt/", releases.public_releases, name="public-releases"),
    path("kvalitet/offentligt/<int:pk>/", releases.release_detail, name="release-detail"),
    path("kvalitet/offentligt/<int:pk>/dra-tillbaka/", releases.release_withdraw, name="release-withdraw"),
    path("kvalitet/offentligt/<slug:slug>/ny/", releases.release_prepare, name="release-prepare"),
    path("kvalitet/excel/", exports.areas_excel, name="areas-excel"),
    path("kvalitet/csv/", exports.areas_csv, name="areas-csv"),
    path("kvalitet/<slug:slug>/excel/", exports.area_excel, name="area-excel"),
    path("kvalitet/<slug:slug>/csv/", exports.area_csv, name="area-csv"),
    path("kvalitet/<slug:slug>/pdf/", exports.area_paper, name="area-paper"),
    path("kvalitet/<slug:slug>/pdf/skapa/", exports.area_paper_request, name="area-paper-request"),
    path("oppet/kvalitet/", public_quality.public_quality, name="public-quality"),
    path("oppet/kvalitet/<slug:slug>/", public_quality.public_area, name="public-area"),
]
# fmt: on
