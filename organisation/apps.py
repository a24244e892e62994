from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self) -> None:
        """Let every app say its sentences: the worker that writes the mail needs them too."""
        autodiscover_modules("sentences")
