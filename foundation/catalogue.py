"""The Swedish catalogues: gathered from the source, kept in order, compiled, and checked.

One catalogue per app holds the strings of its Python and of `templates/<app>/`; the one in
`locale/` holds the rest.  No gettext programs are needed.  A catalogue is written in such a way
that only a changed sentence changes it: sorted by the English sentence, no dates, no line numbers.
"""

import io
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGE = "sv"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_KINDS = {".html", ".txt", ".svg", ".xml"}
HEADER = r"""# Swedish, gathered by `manage.py messages`: write what stands in English in Swedish.
msgid ""
msgstr ""
"Language: sv\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[\d.]*[a-z]|%[sd]|\{\w*\}")


@dataclass(frozen=True, slots=True)
class Room:
    """One catalogue and the files whose sentences it holds."""

    base: Path
    locale: Path
    sources: tuple[Path, ...]

    @property
    def po(self) -> Path:
        return self.locale / LANGUAGE / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")


def rooms(base: Path | None = None, apps: Iterable[str] | None = None) -> list[Room]:
    """Return every catalogue of the project, by default this project's own."""
    base = base or settings.BASE_DIR
    names = [a for a in apps or settings.INSTALLED_APPS if (base / a).is_dir()]
    templates = base / "templates"
    found = [
        Room(base, base / app / "locale", (*_python(base / app), *_templates(templates / app)))
        for app in names
    ]
    elsewhere = (
        path for path in _templates(templates) if path.relative_to(templates).parts[0] not in names
    )
    return [*found, Room(base, base / "locale", (*_python(base / "config"), *elsewhere))]


def gather(room: Room) -> Catalog:
    """Return the catalogue that the source asks for, with no word translated."""
    catalog = Catalog(locale=LANGUAGE, fuzzy=False)
    for path in room.sources:
        place = str(path.relative_to(room.base))
        for _line, sentence, _comments, context in _sentences(path):
            catalog.add(sentence, locations=[(place, 1)], context=context)
    return catalog


def read(room: Room) -> Catalog:
    """Return the catalogue as it stands; an empty one when there is none yet."""
    if not room.po.exists():
        return Catalog(locale=LANGUAGE, fuzzy=False)
    with room.po.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def refresh(room: Room) -> None:
    """Bring the catalogue up to date: keep what is translated, drop what nobody says any more."""
    wanted, old = gather(room), read(room)
    for message in _messages(wanted):
        known = old.get(message.id, message.context)
        if known is not None and known.pluralizable == message.pluralizable:
            message.string = known.string
            message.flags |= known.flags & {"fuzzy"}
            message.user_comments = known.user_comments
    if not room.po.exists() and not list(_messages(wanted)):
        return
    body = io.BytesIO()
    write_po(body, wanted, width=100, omit_header=True, sort_output=True, include_lineno=False)
    room.po.parent.mkdir(parents=True, exist_ok=True)
    room.po.write_text(HEADER + body.getvalue().decode().strip() + "\n")


def compile_stale(all_rooms: Iterable[Room] | None = None) -> None:
    """Compile every catalogue that is newer than its compiled form."""
    for room in all_rooms if all_rooms is not None else rooms():
        if not room.po.exists():
            continue
        if room.mo.exists() and room.mo.stat().st_mtime >= room.po.stat().st_mtime:
            continue
        half = room.mo.with_suffix(f".{os.getpid()}")  # others may be reading, or compiling too
        with half.open("wb") as file:
            write_mo(file, read(room))
        half.replace(room.mo)


def complaints(all_rooms: Iterable[Room] | None = None) -> list[str]:
    """Return what is wrong with the catalogues, a sentence for each."""
    found: list[str] = []
    spoken: defaultdict[tuple[object, str | None], set[object]] = defaultdict(set)
    for room in all_rooms if all_rooms is not None else rooms():
        wanted, written = gather(room), read(room)
        for message in _messages(wanted):
            translated = written.get(message.id, message.context)
            for trouble in _troubles(message, translated):
                found.append(f"{room.po.relative_to(room.base)}: {trouble}: {_name(message)}")
            if translated is not None and all(_forms(translated.string)):
                spoken[message.id, message.context].add(translated.string)
        for message in _messages(written):
            if wanted.get(message.id, message.context) is None:
                found.append(
                    f"{room.po.relative_to(room.base)}: nobody says this any more: {_name(message)}"
                )
    for (sentence, _context), words in spoken.items():
        if len(words) > 1:
            found.append(f"said in two ways, so one app would change the other: {sentence!r}")
    return found


def _troubles(message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield "not in the catalogue"
        return
    said = _forms(translated.string)
    if translated.pluralizable != message.pluralizable or not all(said):
        yield "not translated"
        return
    if translated.fuzzy:
        yield "marked fuzzy"
    source = _forms(message.id)
    # "one idea" may leave the number out, but no form may invent a placeholder.
    if _placeholders(said[-1]) != _placeholders(source[-1]) or not (
        _placeholders(said[0]) <= _placeholders(source[-1])
    ):
        yield "has other placeholders than the English"


def _sentences(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text()
    if path.suffix in TEMPLATE_KINDS:
        # Django makes it look like Python, except for the indents.
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines)
    yield from extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _name(message: Message) -> str:
    context = f" ({message.context})" if message.context else ""
    return f"{_forms(message.id)[0]!r}{context}"


def _python(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*.py")) if "migrations" not in p.parts)


def _templates(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*")) if p.suffix in TEMPLATE_KINDS)
