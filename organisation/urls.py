from django.conf import settings
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from .views import choices, demo, guests, imports, notices, people, profile, units

# fmt: off
urlpatterns: list[URLPattern | URLResolver] = [
    path("mig/", profile.profile, name="profile"),
    path("gast/<str:secret>/", guests.guest_enter, name="guest-enter"),
    path("mig/paminnelser/", profile.profile_reminders, name="profile-reminders"),
    path("mig/paminnelser/<str:kind>/", profile.reminder_stop, name="reminder-stop"),
    path("notiser/", notices.notice_list, name="notice-list"),
    path("notiser/lasta/", notices.notice_read_all, name="notice-read-all"),
    path("notiser/<int:pk>/", notices.notice_open, name="notice-open"),
    # allauth would let people add addresses of their own; ours come from the personnel file
    path("konto/email/", RedirectView.as_view(pattern_name="profile")),

    path("organisation/", units.organisation, name="organisation"),
    path("organisation/<int:pk>/", units.unit_detail, name="unit-detail"),
    path("organisation/personer/", people.person_list, name="person-list"),
    path("organisation/personer/<int:pk>/", people.person_detail, name="person-detail"),
    path("organisation/personer/<int:pk>/stang/", people.person_close, name="person-close"),
    path("organisation/personer/<int:pk>/oppna/", people.person_open, name="person-open"),
    path("organisation/roller/<int:pk>/ta-tillbaka/", people.role_withdraw, name="role-withdraw"),
    path("valj/enhet/", choices.unit_search, name="unit-search"),
    path("valj/person/", choices.person_search, name="person-search"),

    path("organisation/import/", imports.import_new, name="import-new"),
    path("organisation/import/mallar/<str:name>", imports.import_template, name="import-template"),
    path("organisation/import/<int:pk>/", imports.import_detail, name="import-detail"),
    path("organisation/import/<int:pk>/ja/", imports.import_confirm, name="import-confirm"),
]
# fmt: on

DEMO_URLS = [path("demo/", demo.demo, name="demo-people")]
if settings.DEMO:
    urlpatterns += DEMO_URLS
