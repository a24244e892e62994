"""The settings as another environment would make them, beside the ones that the tests run on."""

import importlib.util
import os
from types import ModuleType
from unittest import mock

from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "hjulet.example.se",
    "SITE_URL": "https://hjulet.example.se",
    "DATABASE_URL": "postgresql://hjulet:hemligt@database/hjulet",
    "REDIS_URL": "redis://valkey:6379/0",
    "EMAIL_HOST": "mail.example.se",
    "EMAIL_FROM": "hjulet@example.se",
}


def settings_in(environment: dict[str, str]) -> ModuleType:
    path = settings.BASE_DIR / "config" / "settings.py"
    spec = importlib.util.spec_from_file_location("config.fresh_settings", path)
    module = importlib.util.module_from_spec(spec)
    with mock.patch.dict(os.environ, environment, clear=True):
        spec.loader.exec_module(module)
    return module
