"""How long does the paper of one report take, and what of it is WeasyPrint's own?

    uv run python -m benchmarks.report_pdf

Prints the median of some runs: facts to page, page to paper, and bare WeasyPrint on the same page.
It needs no database: the facts are those of the tests.
"""

import logging
import os
import statistics
import time
from collections.abc import Callable

import django

os.environ.setdefault("TESTING", "yes")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
logging.disable(logging.INFO)

from weasyprint import HTML  # noqa: E402

from reports import work_report  # noqa: E402
from reports.paper import to_pdf  # noqa: E402
from tests.reports.test_work_report import REPORT  # noqa: E402

RUNS = 15


def median_ms(what: Callable[[], object]) -> float:
    what()  # the first time reads templates and fonts
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    html = work_report.to_html(REPORT)
    rows = {
        "facts to page": median_ms(lambda: work_report.to_html(REPORT)),
        "page to paper, tagged, with our style and typeface": median_ms(lambda: to_pdf(html)),
        "bare WeasyPrint, same page, no style": median_ms(lambda: HTML(string=html).write_pdf()),
    }
    for what, milliseconds in rows.items():
        print(f"{milliseconds:8.1f} ms  {what}")  # its purpose


if __name__ == "__main__":
    main()
