"""The whole address space."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("foundation.urls")),
    path("konto/", include("allauth.urls")),
]
