"""A chart that stands alone: an SVG file with its style, its name and its sentence inside."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from textwrap import wrap

from django.contrib.staticfiles import finders
from django.utils.html import escape

from .drawing import draw
from .judged import Judged, judge
from .model import Chart
from .reading import read

STYLE = "report-chart.css"  # the colours of paper: what is taken along stands on white
NAMED, TOLD = re.compile("<title>(.*?)</title>"), re.compile("<desc>(.*?)</desc>", re.DOTALL)
ROOM = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
MARGIN, HEAD, GAP, LINE = 20, 34, 6, 19
LETTER = 6.6  # about as wide is a letter of the sentence


def picture(chart: Chart | Judged) -> str:
    """Return a chart as an SVG file, with its name, its sentence and its rules."""
    judged = chart if isinstance(chart, Judged) else judge(chart)
    return alone(draw(judged), small_print=read(judged).by_which_rules)


def alone(svg: str, *, small_print: str = "") -> str:
    """Return a drawing of ours (`draw`) as the text of an SVG file.

    Above it stands its name, below it what it says: a picture is passed on without its page.

    Args:
        small_print: By which rules, and the notes (`Reading.by_which_rules`).
    """
    width, height = map(float, ROOM.search(svg).groups())  # type: ignore[union-attr]
    name = _found(NAMED, svg)
    letters = int(width / LETTER)
    said = [*wrap(_found(TOLD, svg), letters), *wrap(small_print, letters)]
    whole = width + 2 * MARGIN, height + HEAD + GAP + LINE * (len(said) + 1) + 2 * MARGIN
    head, body = svg.split(">", 1)
    head = ROOM.sub(f'viewBox="{-MARGIN} {-MARGIN - HEAD} {whole[0]:g} {whole[1]:g}"', head)
    head = head.replace(
        "<svg ",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]:g}" height="{whole[1]:g}" ',
        1,
    )
    ground = (
        f'<rect class="chart-ground" x="{-MARGIN}" y="{-MARGIN - HEAD}"'
        f' width="{whole[0]:g}" height="{whole[1]:g}"/>'
    )
    texts = [f'<text class="chart-name" x="0" y="-14">{escape(name)}</text>']
    texts += [
        f'<text x="0" y="{height + GAP + LINE * n:g}">{escape(line)}</text>'
        for n, line in enumerate(said, start=1)
    ]
    body = body.replace("</desc>", f"</desc><style>{_style()}</style>{ground}", 1)
    return f"{head}>{body.removesuffix('</svg>')}{''.join(texts)}</svg>"


def _found(pattern: re.Pattern[str], svg: str) -> str:
    found = pattern.search(svg)
    return unescape(found[1]) if found else ""


@cache
def _style() -> str:
    return Path(finders.find(STYLE) or STYLE).read_text()
