from django.urls import path

from .views import cycles, measures, reports, works

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
]
# fmt: on
