"""How long does the paper of a full report take, and what of it is WeasyPrint's own?

    uv run python -m benchmarks.report_pdf

Prints the median of some runs: facts to page, page to paper, and bare WeasyPrint on the same page.
It needs no database: the facts are those of the tests.
"""

import statistics
import time
from collections.abc import Callable

from weasyprint import CSS, HTML

from reports import work_report
from reports.paper import own_style, to_pdf
from reports.papers import PAPERS
from tests.reports.reported import full_report

RUNS = 7
REPORT = full_report()  # six pages, four charts
STYLES = PAPERS["report"].styles


def median_ms(what: Callable[[], object]) -> float:
    what()  # the first time reads templates and fonts
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def bare(html: str) -> Callable[[], object]:
    """WeasyPrint on the same page with the same style, read anew each time as it would be."""
    sheets = [own_style(name) for name in STYLES]
    return lambda: HTML(string=html).write_pdf(stylesheets=[CSS(string=s) for s in sheets])


def main() -> None:
    html = work_report.to_html(REPORT)
    print(f"{to_pdf(html, *STYLES).pages} pages, {len(REPORT.facts.measures)} charts")
    rows = {
        "facts to page": median_ms(lambda: work_report.to_html(REPORT)),
        "page to paper, tagged, with our style and typeface": median_ms(
            lambda: to_pdf(html, *STYLES)
        ),
        "bare WeasyPrint, same page and style, untagged": median_ms(bare(html)),
        "bare WeasyPrint, same page, no style": median_ms(lambda: HTML(string=html).write_pdf()),
    }
    for what, milliseconds in rows.items():
        print(f"{milliseconds:8.1f} ms  {what}")  # its purpose


if __name__ == "__main__":
    main()
