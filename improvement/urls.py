from django.urls import path

from .views import deciding, funds, ideas, leaving, lists, preparing

# fmt: off
urlpatterns = [
    path("ideer/", lists.idea_list, name="idea-list"),
    path("ideer/ny/", leaving.idea_create, name="idea-create"),
    path("ideer/<int:pk>/", ideas.idea_detail, name="idea-detail"),
    path("ideer/<int:pk>/andra/", leaving.idea_edit, name="idea-edit"),
    path("ideer/<int:pk>/bered/", preparing.idea_prepare, name="idea-prepare"),
    path("ideer/<int:pk>/besluta/", deciding.idea_decide, name="idea-decide"),
    path("ideer/<int:pk>/steg/<slug:step>/", ideas.idea_step, name="idea-step"),
    path("pengar/", funds.fund_list, name="fund-list"),
    path("pengar/<int:pk>/", funds.fund_detail, name="fund-detail"),
    path("pengar/<int:pk>/ny-period/", funds.period_create, name="period-create"),
    path("pengar/perioder/<int:pk>/tilldela/", funds.period_allocate, name="period-allocate"),
    path("pengar/perioder/<int:pk>/stang/", funds.period_close, name="period-close"),
    path("pengar/beslut/<int:pk>/betala/", funds.decision_pay, name="decision-pay"),
]
# fmt: on
