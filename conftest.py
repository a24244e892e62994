"""The tests' own settings: here, so that they hold wherever in the tree pytest begins."""

import os

import django

os.environ["TESTING"] = "yes"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
for name in ("DEMO", "DEBUG", "DATABASE_URL", "REDIS_URL"):
    os.environ.pop(name, None)

django.setup()
