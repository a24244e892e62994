"""From page to paper: the one place that knows WeasyPrint."""

import logging
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from foundation.errors import Refused

PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"

logging.getLogger("fontTools").setLevel(logging.WARNING)  # else a line for each part of a font

REPORT_STYLE = "report-pdf.css"
TAGGED = {"pdf_variant": "pdf/ua-1"}
KINDS = {".woff2": "font/woff2", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A laid-out PDF."""

    content: bytes
    pages: int


def to_pdf(html: str, *styles: str) -> Paper:
    """Lay a page out and bind it: tagged (PDF/UA-1).  Takes a second: call it from a job.

    Raises:
        Refused: the machine lacks the library that sets text.
    """
    return bind([lay_out(html, *styles)])


def lay_out(html: str, *styles: str) -> Any:
    """Lay a page out on as many sheets as it needs, to be bound with others.

    Nothing is fetched, from the network or from files: style and typeface are handed in.

    Args:
        styles: The stylesheets, in static/; without any, that of a report.

    Raises:
        Refused: the machine lacks the library that sets text.
    """
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415  # slow, and fails without Pango
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        raise Refused(
            _("This server cannot make PDFs: the library Pango is missing. “%(command)s” adds it.")
            % {"command": PANGO}
        ) from error
    closed = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    fonts = FontConfiguration()
    sheets = [
        CSS(string=own_style(style), url_fetcher=closed, font_config=fonts)
        for style in styles or [REPORT_STYLE]
    ]
    return HTML(string=html, url_fetcher=closed).render(
        font_config=fonts, stylesheets=sheets, **TAGGED
    )


def bind(parts: list[Any]) -> Paper:
    """Bind what was laid out, in its order, to one PDF; the first part says its title."""
    sheets = [sheet for part in parts for sheet in part.pages]
    whole = parts[0] if len(parts) == 1 else parts[0].copy(sheets)
    return Paper(content=whole.write_pdf(**TAGGED), pages=len(sheets))


@cache
def own_style(name: str) -> str:
    """Return one of our static stylesheets, with the files it names inside itself."""
    sheet = Path(finders.find(name) or name)
    return re.sub(
        r'url\("([^":]+)"\)',
        lambda named: f'url("{_as_data(sheet.parent / named[1])}")',
        sheet.read_text(),
    )


def _as_data(file: Path) -> str:
    kind = KINDS[file.suffix]
    return f"data:{kind};base64,{b64encode(file.read_bytes()).decode()}"
