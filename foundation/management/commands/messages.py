from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation import catalogue


class Command(BaseCommand):
    help = "Bring the Swedish catalogues up to date with the source, and compile them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, say what lacks")
        parser.add_argument("--compile", action="store_true", help="only compile what is written")

    def handle(self, **options: Any) -> None:
        if not options["check"] and not options["compile"]:
            for room in catalogue.rooms():
                catalogue.refresh(room)
        if not options["check"]:
            catalogue.compile_stale()
        if not options["compile"] and (found := catalogue.complaints()):
            if options["check"]:
                raise CommandError("\n".join([*found, f"{len(found)} to put right."]))
            self.stdout.write("\n".join([*found, f"{len(found)} left to translate."]))
