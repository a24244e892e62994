"""What a team draws: its driver diagram, and a picture of what it tests."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from foundation.uploads import Upload
from organisation.models import Person
from programme.actions import drivers, files
from programme.models import DriverKind, Work


@dataclass(frozen=True, slots=True)
class Box:
    """A box in a driver diagram, and those that hang on it."""

    kind: str
    text: str
    below: tuple["Box", ...] = ()


def primary(text: str, *below: Box) -> Box:
    return Box(DriverKind.PRIMARY, text, below)


def secondary(text: str, *below: Box) -> Box:
    return Box(DriverKind.SECONDARY, text, below)


def change(text: str) -> Box:
    return Box(DriverKind.CHANGE, text)


def draw(boxes: tuple[Box, ...], work: Work, by: Person, on: int | None = None) -> None:
    """Draw the diagram, each box before those that hang on it."""
    for box in boxes:
        made = drivers.add(work_id=work.pk, parent_id=on, kind=box.kind, text=box.text, by=by)
        draw(box.below, work, by, made.pk)


def photograph(work: Work, cycle_id: int | None, says: str, by: Person) -> None:
    """Keep a picture with a test, or with the work: a note on a wall, for want of a camera."""
    image = Image.new("RGB", (480, 320), "#d9e4de")
    brush = ImageDraw.Draw(image)
    brush.rectangle((90, 50, 390, 270), fill="#fffdf4", outline="#b0a88f", width=3)
    brush.ellipse((228, 38, 252, 62), fill="#b8412f")
    for line, length in enumerate((220, 180, 240, 130)):
        brush.rectangle((120, 95 + 42 * line, 120 + length, 107 + 42 * line), fill="#4a5a57")
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    upload = Upload("bild.png", "image/png", content.getvalue(), *image.size)
    files.add(work_id=work.pk, cycle_id=cycle_id, upload=upload, says=says, by=by)
