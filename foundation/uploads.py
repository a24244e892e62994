"""Files that people hand in to be kept and shown to others: pictures, PDF and office documents.

What a file is, is read from its content and never from its name.  A picture is decoded and written
anew, upright and no larger than a page needs, so that nothing follows it: not where it was taken,
not the small copy from before it was cropped, not what somebody hid after its end.  Documents are
kept as they are, unless they hold macros.  Everything else is refused.
"""

import io
import logging
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageFile, ImageOps

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 2**20
MOST_FILES = 5
LONGEST_NAME = 100
LONGEST_SIDE = 2000  # px of a picture as we keep it
# Decoded, a pixel takes three or four bytes.  A large JPEG is decoded at a fraction of its size.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000, "WEBP": 25_000_000, "GIF": 25_000_000}
MOST_UNPACKED = 100 * 2**20
MOST_ENTRIES = 3_000

ACCEPT = "image/jpeg,image/png,image/webp,image/gif,application/pdf,.docx,.xlsx,.pptx,.odt,.ods"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has been looked through, as it is to be kept."""

    name: str  # at most 100 signs, no path, its ending as the content is
    content_type: str
    content: bytes
    width: int | None = None  # px; of a picture
    height: int | None = None

    @property
    def is_picture(self) -> bool:
        return self.width is not None


def cleaned(file: "UploadedFile[bytes]") -> Upload:
    """Return what is to be kept of `file`.

    Raises:
        ValidationError: it is too large, damaged, or of a kind that we do not take; in plain words.
    """
    if (file.size or 0) > MOST_BYTES:
        raise _refusal(
            "too_large", _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20}
        )
    content = file.read()
    if not content:
        raise _refusal("empty", _("The file is empty."))
    name = str(file.name or "")
    for recognises, take in _KINDS:
        if recognises(content):
            return take(name, content)
    raise _refusal(
        "kind",
        _(
            "We take pictures (JPEG, PNG, WebP, GIF), PDF, Word, Excel, PowerPoint and "
            "OpenDocument files. This is something else."
        ),
    )


def clean_name(name: str, ending: str) -> str:
    """Return `name` without path, hidden signs and the ending it came with, and with `ending`.

    >>> clean_name("C:\\\\bilder\\\\larm.exe", "jpg")
    'larm.jpg'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" or sign in '<>:"|?*' else sign for sign in last
    )
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", " ".join(shown.split())).strip(". ")
    stem = stem[: LONGEST_NAME - len(ending) - 1].strip(". ")
    return f"{stem or _('file')}.{ending}"


def _refusal(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)


# --- pictures -----------------------------------------------------------------------------------


def _picture(format_name: str) -> Callable[[str, bytes], Upload]:
    def take(name: str, content: bytes) -> Upload:
        try:
            # WeasyPrint, once it is imported, lets the whole process read what is cut short.
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            with Image.open(io.BytesIO(content), formats=[format_name]) as image:
                width, height = image.size
                if width * height > MOST_PIXELS[format_name]:
                    raise Image.DecompressionBombError
                return _redrawn(name, image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _refusal(
                "too_many_pixels",
                _("The picture has too many pixels. Make it smaller and try again."),
            ) from None
        except Exception as error:  # a damaged picture makes Pillow raise almost anything
            log.info("A picture could not be read: %r", error)
            raise _refusal(
                "damaged", _("The picture is damaged and cannot be shown. Choose another one.")
            ) from error

    return take


def _redrawn(name: str, image: Image.Image) -> Upload:
    """Return the picture's first frame, upright and small, written anew from its pixels alone."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: decode no more than is needed
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = _in_plain_colours(ImageOps.exif_transpose(image))
    # A new picture, because Pillow writes what it knows of an old one into the new file.
    fresh = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    content = io.BytesIO()
    if fresh.mode == "RGBA":
        ending, content_type = "png", "image/png"
        fresh.save(content, "PNG", optimize=True)
    else:
        ending, content_type = "jpg", "image/jpeg"
        fresh.save(content, "JPEG", quality=85, progressive=True)
    return Upload(clean_name(name, ending), content_type, content.getvalue(), *fresh.size)


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Return it as RGBA if anything shines through it, else as RGB."""
    if image.mode.startswith("I"):  # sixteen bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() != (255, 255):
            return image
    return image.convert("RGB")


def _heic(name: str, content: bytes) -> Upload:
    raise _refusal(
        "heic",
        _(
            "The picture is in Apple's own format (HEIC), which others cannot open. Choose it from "
            "the phone, which then makes a JPEG of it, or save it as JPEG first."
        ),
    )


# --- documents ------------------------------------------------------------------------------------


def _pdf(name: str, content: bytes) -> Upload:
    return Upload(clean_name(name, "pdf"), "application/pdf", content)


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# The part that makes a zip file this kind of document: part, what ends its name, content type.
_OOXML = [
    ("word/document.xml", "docx", f"{_OFFICE}wordprocessingml.document"),
    ("xl/workbook.xml", "xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    ("ppt/presentation.xml", "pptx", f"{_OFFICE}presentationml.presentation"),
]
_ODF = {f"{_OPEN}text": "odt", f"{_OPEN}spreadsheet": "ods"}
_MACROS = re.compile(
    r"(^|/)(vbaProject[^/]*|vbaData\.xml|macrosheets/|activeX/|Basic/|Scripts/)", re.IGNORECASE
)


def _office(name: str, content: bytes) -> Upload:
    """Take a Word, Excel, PowerPoint or OpenDocument file; nothing in it is unpacked to disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_UNPACKED:
                raise _refusal(
                    "zip_bomb",
                    _("The file unpacks to far too much. Save it as a new, smaller one."),
                )
            if any(entry.flag_bits & 1 for entry in entries):
                raise _refusal("password", _("The file has a password. Save it without one."))
            ending, content_type = _kind_of(archive)
            types = _beginning_of(archive, "[Content_Types].xml", most=2**20)
            is_macro_file = b"macroenabled" in types.lower()
            if is_macro_file or any(_MACROS.search(entry.filename) for entry in entries):
                raise _refusal(
                    "macros", _("The file has macros, which could do harm. Save it without them.")
                )
    except ValidationError:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise almost anything
        log.info("A document could not be read: %r", error)
        raise _refusal(
            "damaged", _("The document is damaged. Open it, save it again and retry.")
        ) from error
    return Upload(clean_name(name, ending), content_type, content)


def _kind_of(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Return the ending and the content type of an office document."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        for part, ending, content_type in _OOXML:
            if part in names:
                return ending, content_type
    if "mimetype" in names and "content.xml" in names:
        declared = _beginning_of(archive, "mimetype", most=100).decode("ascii", "replace").strip()
        if declared in _ODF:
            return _ODF[declared], declared
    raise _refusal(
        "kind",
        _(
            "Of packed files we take Word (.docx), Excel (.xlsx), PowerPoint (.pptx), .odt and .ods."
        ),
    )


def _beginning_of(archive: zipfile.ZipFile, name: str, *, most: int) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(most)


def _old_office(name: str, content: bytes) -> Upload:
    raise _refusal(
        "old_office",
        _("The file is of an old kind or has a password. Save it as .docx, .xlsx or .pptx."),
    )


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in {
        *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
    }


# What a file begins with, and what is then done with it.
_KINDS: list[tuple[Callable[[bytes], bool], Callable[[str, bytes], Upload]]] = [
    (_begins(b"\xff\xd8\xff"), _picture("JPEG")),
    (_begins(b"\x89PNG\r\n\x1a\n"), _picture("PNG")),
    (_begins(b"GIF87a", b"GIF89a"), _picture("GIF")),
    (_is_webp, _picture("WEBP")),
    (_is_heic, _heic),
    (_begins(b"%PDF-"), _pdf),
    (_begins(b"PK\x03\x04"), _office),
    (_begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _old_office),
]


# --- in a form ------------------------------------------------------------------------------------


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadField(forms.FileField):
    """Up to five files.  ``cleaned_data`` holds a list of `Upload`, empty if none was chosen.

    A phone offers its camera beside its pictures.  The form needs ``enctype="multipart/form-data"``
    and, where htmx sends it, ``hx-encoding`` with the same; htmx then keeps what was chosen when
    the form comes back.
    """

    widget = _FilesInput
    default_error_messages = {
        "too_many": gettext_lazy("Choose at most %(most)s files."),
    }

    def __init__(self, *, most: int = MOST_FILES, **options: Any) -> None:
        self.most = most
        options.setdefault(
            "help_text",
            format_lazy(
                gettext_lazy(
                    "Pictures, PDF, Word, Excel, PowerPoint or OpenDocument: at most {files} files "
                    "of {size} MB each. What a picture says of time and place is taken away."
                ),
                files=most,
                size=MOST_BYTES // 2**20,
            ),
        )
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            **super().widget_attrs(widget),
            "accept": ACCEPT,
            "multiple": self.most > 1,
            "hx-preserve": True,
        }

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        chosen = [file for file in (data if isinstance(data, list) else [data]) if file]
        if not chosen:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(chosen) > self.most:
            raise ValidationError(
                self.error_messages["too_many"] % {"most": self.most}, code="too_many"
            )
        kept: list[Upload] = []
        errors: list[ValidationError] = []
        for file in chosen:
            try:
                kept.append(cleaned(file))
            except ValidationError as error:
                errors.append(self._about(file, error) if len(chosen) > 1 else error)
        if errors:
            raise ValidationError(errors)
        return kept

    @staticmethod
    def _about(file: "UploadedFile[bytes]", error: ValidationError) -> ValidationError:
        name = clean_name(str(file.name or ""), "x").removesuffix(".x")
        return ValidationError(f"{name}: {error.messages[0]}", code=error.code)
