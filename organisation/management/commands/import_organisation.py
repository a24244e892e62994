"""The personnel file, read in by night or by hand: the same rules as on the page."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from foundation.errors import Refused

from ...actions import imports
from ...actions.units import lock_tree


class Command(BaseCommand):
    help = (
        "Reads in units and people from CSV or Excel files, in the order given: all of it or "
        "nothing.  The same files twice change nothing.  The headings are described on the page "
        "/organisation/import/, which also has files to start from."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument(
            "--complete",
            action="store_true",
            help="a file of people holds everybody: who is employed and not in it has left",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        lock_tree()
        today = timezone.localdate()
        for path in options["files"]:
            try:
                content = path.read_bytes()
                plan = imports.read(
                    content=content, is_complete=options["complete"], on=today, by=None
                )
            except (OSError, Refused) as error:
                raise CommandError(f"{path}: {error}") from error
            if plan.problems:
                raise CommandError("\n".join(_line(path, problem) for problem in plan.problems))
            imports.apply(plan, on=today, by=None)
            told = ", ".join(f"{name} {count}" for name, count in plan.counts().items() if count)
            self.stdout.write(f"{path.name}: {told or 'nothing in it'}")
        if options["dry_run"]:
            transaction.set_rollback(True)
            self.stdout.write("Nothing was written: this was a dry run.")


def _line(path: Path, problem: Any) -> str:
    place = [str(path), problem.sheet, f"row {problem.row}" if problem.row else "", problem.column]
    return ": ".join([", ".join(part for part in place if part), problem.text])
