from django.urls import path

from .views import cycle_board, cycles, drivers, files, measures, reports, works

# fmt: off
urlpatterns = [
    path("arbeten/", works.work_list, name="work-list"),
    path("arbeten/ide/<int:pk>/", works.work_of_idea, name="work-of-idea"),
    path("arbeten/starta/<int:pk>/", works.work_start, name="work-start"),
    path("arbeten/<int:pk>/", works.work_detail, name="work-detail"),
    path("arbeten/<int:pk>/andra/", works.work_edit, name="work-edit"),
    path("arbeten/<int:pk>/team/", works.work_team, name="work-team"),
    path("arbeten/<int:pk>/steg/<slug:step>/", works.work_step, name="work-step"),
    path("arbeten/<int:pk>/frigor/", works.work_release, name="work-release"),
    path("arbeten/<int:pk>/beloning/", works.work_reward, name="work-reward"),
    path("arbeten/<int:pk>/matt/nytt/", measures.measure_add, name="measure-add"),
    path("arbeten/<int:pk>/rapport/", reports.report_draft, name="report-draft"),
    path("arbeten/<int:pk>/cykler/ny/", cycles.cycle_plan, name="cycle-plan"),
    path("arbeten/team/<int:pk>/<slug:step>/", works.membership_step, name="membership-step"),
    path("arbeten/matt/<int:pk>/", measures.measure_record, name="measure-record"),
    path("arbeten/matt/<int:pk>/start-och-slut/", measures.measure_ends, name="measure-ends"),
    path("arbeten/cykler/<int:pk>/", cycles.cycle_detail, name="cycle-detail"),
    path("arbeten/cykler/<int:pk>/steg/<slug:step>/", cycles.cycle_step, name="cycle-step"),
    path("arbeten/rapporter/<int:pk>/", reports.report_detail, name="report-detail"),
    path("arbeten/rapporter/<int:pk>/andra/", reports.report_edit, name="report-edit"),
    path("arbeten/rapporter/<int:pk>/skicka/", reports.report_submit, name="report-submit"),
    path("arbeten/rapporter/<int:pk>/lamna-tillbaka/", reports.report_return, name="report-return"),
    path("arbeten/<int:pk>/tester/", cycle_board.work_cycles, name="work-cycles"),
    path("arbeten/<int:pk>/cykler/ny/rad/", cycles.cycle_plan_hints, name="cycle-plan-hints"),
    path("arbeten/cykler/<int:pk>/forutsagelse/", cycles.cycle_predict, name="cycle-predict"),
    path("arbeten/cykler/<int:pk>/rad/", cycles.cycle_hints, name="cycle-hints"),
    path("arbeten/cykler/<int:pk>/rad/<slug:name>/<slug:step>/", cycles.cycle_hint_step, name="cycle-hint-step"),
    path("arbeten/cykler/<int:pk>/bild/", files.cycle_photo, name="cycle-photo"),
    path("arbeten/filer/<int:pk>/", files.work_file_open, name="work-file-open"),
    path("arbeten/filer/<int:pk>/ta-bort/", files.work_file_remove, name="work-file-remove"),
    path("arbeten/<int:pk>/drivdiagram/", drivers.work_drivers, name="work-drivers"),
    path("arbeten/<int:pk>/drivdiagram/ny/", drivers.driver_add, name="driver-add"),
    path("arbeten/drivdiagram/<int:pk>/", drivers.driver_change, name="driver-change"),
    path("arbeten/drivdiagram/<int:pk>/ta-bort/", drivers.driver_delete, name="driver-delete"),
    path("arbeten/drivdiagram/<int:pk>/<slug:step>/", drivers.driver_step, name="driver-step"),
]
# fmt: on
