"""From page to paper: the one place that knows WeasyPrint."""

import logging
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from foundation.errors import Refused

PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"

logging.getLogger("fontTools").setLevel(logging.WARNING)  # else a line for each part of a font

KINDS = {".woff2": "font/woff2", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A laid-out PDF."""

    content: bytes
    pages: int


def to_pdf(html: str) -> Paper:
    """Lay a page out on tagged A4 (PDF/UA-1).  Takes a second: call it from a job.

    Nothing is fetched, from the network or from files: style and typeface are handed in.

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
    style = CSS(string=own_style("report-pdf.css"), url_fetcher=closed, font_config=fonts)
    options = {"pdf_variant": "pdf/ua-1"}
    laid_out = HTML(string=html, url_fetcher=closed).render(
        font_config=fonts, stylesheets=[style], **options
    )
    return Paper(content=laid_out.write_pdf(**options), pages=len(laid_out.pages))


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
