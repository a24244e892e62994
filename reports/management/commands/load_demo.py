"""Fills an empty database with the demo.  Does nothing where there is an organisation already."""

from typing import Any

from django.core.management.base import BaseCommand

from ...demo.loader import load


class Command(BaseCommand):
    help = "Loads the demo: a municipality with two years of improvement.  Only into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Loaded the demo." if load() else "There is data already.")
