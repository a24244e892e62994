"""The tests' own environment: here, so that it holds wherever in the tree pytest begins."""

import os

import django

from foundation import catalogue

os.environ["TESTING"] = "yes"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
for name in ("DEMO", "DEBUG", "DATABASE_URL", "REDIS_URL", "KOLADA_URL"):
    os.environ.pop(name, None)

catalogue.compile_stale()  # before anything asks for a Swedish word
django.setup()
