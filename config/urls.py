"""The whole address space."""

from django.urls import URLPattern, URLResolver, include, path

from . import health, preferences, stil

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("foundation.urls")),
    path("", include("organisation.urls")),  # before allauth's: it closes one of them
    path("", include("reports.urls")),  # before the measures: kvalitet/offentligt/ is no area
    path("", include("measures.urls")),
    path("", include("improvement.urls")),
    path("", include("programme.urls")),
    path("konto/", include("allauth.urls")),
    path("sprak/", preferences.set_language, name="set-language"),
    path("farger/", preferences.set_colour_scheme, name="set-colour-scheme"),
    path("halsa/", health.health, name="health"),
    path("stil/", stil.stil, name="stil"),
]
