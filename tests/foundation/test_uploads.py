"""Files that people hand in to be shown to others: what is kept of them, and what is refused."""

import io
import struct
import zipfile
import zlib

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from foundation import uploads
from foundation.uploads import LONGEST_NAME, MOST_BYTES, UploadField, clean_name, cleaned

GPS, ORIENTATION, MADE_BY = 0x8825, 0x0112, 0x010F


def handed_in(content, name="fil.bin", content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)


def picture(format_name="JPEG", size=(60, 40), mode="RGB", colour="teal", **options):
    content = io.BytesIO()
    Image.new(mode, size, colour).save(content, format_name, **options)
    return content.getvalue()


def zipped(**entries):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return content.getvalue()


def word(types="<Types/>", **more):
    parts = {"[Content_Types].xml": types, "word/document.xml": "<w:document/>"}
    return zipped(**parts, **more)


def refused(content, name="fil.bin"):
    with pytest.raises(ValidationError) as refusal:
        cleaned(handed_in(content, name))
    return refusal.value.code


def opened(upload):
    return Image.open(io.BytesIO(upload.content))


# --- pictures -----------------------------------------------------------------------------------


def taken_in_the_garden():
    exif = Image.Exif()
    exif[MADE_BY] = "Kamerafabriken"
    exif[ORIENTATION] = 6  # lies on its side
    exif.get_ifd(GPS).update({1: "N", 2: (57.0, 45.0, 30.0), 3: "E", 4: (16.0, 38.0, 12.0)})
    return picture(exif=exif, comment=b"hemligt", icc_profile=b"profil" * 40)


def test_a_photo_loses_where_it_was_taken_and_stands_upright():
    before = taken_in_the_garden()
    assert b"Kamerafabriken" in before
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(GPS)

    upload = cleaned(handed_in(before, "IMG_0001.JPG"))

    assert (upload.name, upload.content_type) == ("IMG_0001.jpg", "image/jpeg")
    assert (upload.width, upload.height) == (40, 60)
    kept = opened(upload)
    assert not kept.getexif()
    assert kept.info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_density",
        "jfif_unit",
        "progressive",
        "progression",
    }
    for trace in (b"Kamerafabriken", b"hemligt", b"profil", b"Exif"):
        assert trace not in upload.content


def test_what_stands_after_the_end_of_a_picture_is_gone():
    upload = cleaned(handed_in(picture() + zipped(larm="x") + b"<script>alert(1)</script>"))
    assert b"PK" not in upload.content
    assert b"script" not in upload.content


@pytest.mark.parametrize("text", ["Author", "XML:com.adobe.xmp"])
def test_what_a_png_says_of_itself_is_gone(text):
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415  # only here

    said = PngInfo()
    said.add_text(text, "Maria Ek")
    upload = cleaned(handed_in(picture("PNG", mode="RGBA", colour=(0, 0, 0, 90), pnginfo=said)))
    assert b"Maria" not in upload.content


def test_a_large_picture_becomes_as_large_as_a_page_needs():
    upload = cleaned(handed_in(picture(size=(4000, 3000))))
    assert (upload.width, upload.height) == (2000, 1500)
    assert upload.is_picture


def test_what_shines_through_still_does():
    upload = cleaned(handed_in(picture("PNG", mode="RGBA", colour=(255, 0, 0, 100)), "logga.gif"))
    assert (upload.name, upload.content_type) == ("logga.png", "image/png")
    assert opened(upload).getpixel((1, 1)) == (255, 0, 0, 100)


@pytest.mark.parametrize(
    ("format_name", "mode"),
    [
        *[("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")],
        *[("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGB"), ("GIF", "P")],
    ],
)
def test_every_kind_of_colours_becomes_a_jpeg_when_nothing_shines_through(format_name, mode):
    content = io.BytesIO()
    Image.new("RGBA", (30, 20), (200, 30, 30, 255)).convert(
        "L" if mode == "I;16" else mode
    ).convert(mode).save(content, format_name)
    upload = cleaned(handed_in(content.getvalue()))
    assert upload.content_type == "image/jpeg"
    assert (upload.width, upload.height) == (30, 20)


def test_sixteen_bits_of_grey_stay_grey():
    content = io.BytesIO()
    Image.new("I;16", (9, 9), 128 * 256).save(content, "PNG")
    grey = opened(cleaned(handed_in(content.getvalue()))).getpixel((4, 4))
    assert grey == pytest.approx((128, 128, 128), abs=2)


def test_of_a_moving_picture_the_first_is_kept():
    content = io.BytesIO()
    first, second = (Image.new("P", (9, 9), colour) for colour in (1, 2))
    first.save(content, "GIF", save_all=True, append_images=[second])
    assert opened(cleaned(handed_in(content.getvalue()))).format == "JPEG"


def png_that_says_it_is(width, height):
    """A small PNG file whose pixels would fill the memory."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [5_001, 12_000, 60_000])
def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(side):
    bomb = png_that_says_it_is(side, side)
    assert len(bomb) < 20_000
    assert refused(bomb) == "too_many_pixels"


@pytest.mark.parametrize("cut", [20, 200, -30])
def test_a_damaged_picture_is_said_to_be_so(cut):
    assert refused(picture(size=(300, 200), quality=95)[:cut]) == "damaged"


def test_a_damaged_picture_is_refused_also_after_a_paper_has_been_printed(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    assert refused(picture(size=(300, 200), quality=95)[:-30]) == "damaged"


def test_apples_format_is_explained():
    assert refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, "IMG.HEIC") == "heic"


# --- documents ------------------------------------------------------------------------------------

ODF = "application/vnd.oasis.opendocument."
DOCUMENTS = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "docx": word(),
    "xlsx": zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    "pptx": zipped(**{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
    "odt": zipped(**{"mimetype": f"{ODF}text", "content.xml": "<x/>"}),
    "ods": zipped(**{"mimetype": f"{ODF}spreadsheet", "content.xml": "<x/>"}),
}


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_a_document_is_kept_as_it_is_and_named_after_what_it_is(ending):
    upload = cleaned(handed_in(DOCUMENTS[ending], "Protokoll.exe"))
    assert upload.name == f"Protokoll.{ending}"
    assert upload.content == DOCUMENTS[ending]
    assert not upload.is_picture


MACROS = [
    "word/vbaProject.bin",
    "word/VBAPROJECT.BIN",
    "word/vbaData.xml",
    "xl/macrosheets/sheet1.xml",
    "word/activeX/activeX1.bin",
    "Basic/Standard/Module1.xml",
    "Scripts/python/x.py",
]


@pytest.mark.parametrize("part", MACROS)
def test_a_document_with_macros_is_refused(part):
    assert refused(word(**{part: "x"}), "Protokoll.docx") == "macros"


def test_a_docm_under_another_name_is_refused():
    types = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert refused(word(types=types), "Protokoll.docx") == "macros"


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 100_000)
    assert refused(word(**{"word/media/a.bin": b"\0" * 200_000})) == "zip_bomb"


def test_a_document_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ENTRIES", 10)
    assert refused(word(**{f"word/{n}": "" for n in range(20)})) == "zip_bomb"


def test_a_damaged_document_is_said_to_be_so():
    assert refused(word()[:-30]) == "damaged"


REFUSED = {
    "a program": b"MZ\x90\0\x03\0\0\0\x04\0" + b"\0" * 50,
    "a program for Linux": b"\x7fELF\x02\x01\x01" + b"\0" * 50,
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!doctype html><script>alert(1)</script>",
    "text": b"Bara text.",
    "a packed program": zipped(**{"larm.exe": "MZ"}),
    "a Java program": zipped(**{"META-INF/MANIFEST.MF": "", "A.class": ""}),
    "a drawing in OpenDocument": zipped(**{"mimetype": f"{ODF}graphics", "content.xml": ""}),
    "a binary workbook": zipped(**{"[Content_Types].xml": "", "xl/workbook.bin": ""}),
    "a TIFF": picture("TIFF"),
    "a BMP": picture("BMP"),
    "a PDF that begins with something else": b"#!/bin/sh\n%PDF-1.7\n",
    "a film": b"\0\0\0\x18ftypisom\0\0\0\0isommp42",
}


@pytest.mark.parametrize("name", ["bild.jpg", "Protokoll.pdf", "utan ändelse"])
@pytest.mark.parametrize("what", REFUSED)
def test_everything_else_is_refused_whatever_it_is_called(what, name):
    assert refused(REFUSED[what], name) == "kind"


def test_an_old_word_file_is_explained():
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "old_office"


def test_too_much_and_nothing_are_refused():
    assert refused(b"%PDF-1.7" + b"\0" * MOST_BYTES) == "too_large"
    assert refused(b"") == "empty"


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("larm.png", "larm.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\maria\\larm.jpg", "larm.jpg"),
        ("foto\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", "foto gpj.jpg"),
        ("rapport.v2.final.jpeg", "rapport.v2.final.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie x.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("...", "fil.jpg"),
        ("", "fil.jpg"),
        ("Åsas bild på räcket 😀.png", "Åsas bild på räcket 😀.jpg"),
        ("å" * 300 + ".png", "å" * 96 + ".jpg"),
    ],
)
def test_a_name_is_made_harmless(given_name, kept):
    assert clean_name(given_name, "jpg") == kept


@given(st.text(max_size=400))
def test_no_name_harms(name):
    kept = clean_name(name, "docx")
    assert len(kept) <= LONGEST_NAME
    assert kept.endswith(".docx")
    assert not set(kept) & set('/\\<>:"|?*\0\r\n')
    assert kept.isprintable() or any(not sign.isprintable() for sign in name)


# --- in a form ------------------------------------------------------------------------------------


class TellForm(forms.Form):
    files = UploadField(label="Bilder", required=False)


def sent(*files):
    return TellForm({}, MultiValueDict({"files": list(files)}))


def test_files_come_out_looked_through():
    form = sent(handed_in(picture(), "a.jpg"), handed_in(DOCUMENTS["pdf"], "b.pdf"))
    assert form.is_valid(), form.errors
    assert [upload.name for upload in form.cleaned_data["files"]] == ["a.jpg", "b.pdf"]


def test_no_file_is_an_empty_list():
    form = sent()
    assert form.is_valid()
    assert form.cleaned_data["files"] == []


def test_a_refused_file_is_named_when_there_are_several():
    form = sent(handed_in(picture(), "a.jpg"), handed_in(b"MZ", "b.exe"), handed_in(b"", "c"))
    first, second = form.errors["files"]
    assert first.startswith("b: Vi tar emot bilder")
    assert second == "c: Filen är tom."


def test_no_more_than_five():
    form = sent(*[handed_in(picture(), f"{n}.jpg") for n in range(6)])
    assert form.errors["files"] == ["Välj högst 5 filer."]


def test_a_phone_is_asked_for_what_we_take_and_the_choice_survives_an_error():
    drawn = str(TellForm()["files"])
    for part in (' type="file"', " multiple", " hx-preserve", 'accept="image/jpeg,'):
        assert part in drawn
    assert "capture" not in drawn, "so that one may choose a picture one has"
    assert "högst 5 filer på 10 MB" in str(TellForm())
