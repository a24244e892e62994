from django.urls import path

from .views import documents, start

# fmt: off
urlpatterns = [
    path("", start.start, name="start"),
    path("arbeten/rapporter/<int:pk>/godkann/", documents.report_approve, name="report-approve"),
    path("arbeten/rapporter/<int:pk>/pdf/", documents.report_document, name="report-document"),
    path("arbeten/rapporter/<int:pk>/pdf/skapa/", documents.document_request, name="document-request"),
    path("dokument/<int:pk>/", documents.document_download, name="document-download"),
]
# fmt: on
