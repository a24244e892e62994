"""The Swedish catalogues are complete, and the tool that keeps them does what it says."""

import pytest

from foundation import catalogue


def test_every_sentence_has_its_swedish():
    assert catalogue.complaints() == []


@pytest.fixture
def tiny(tmp_path):
    """A project of one app, with one Python file and one template."""
    (tmp_path / "bees").mkdir()
    (tmp_path / "config").mkdir()
    (tmp_path / "templates" / "bees").mkdir(parents=True)
    (tmp_path / "bees" / "views.py").write_text(
        'a = _("Hello %(name)s")\nb = ngettext("One bee", "%(n)s bees", n)\n'
        'c = pgettext("verb", "Open")\n'
    )
    (tmp_path / "templates" / "bees" / "hive.html").write_text(
        "{% load i18n %}\n   <p title=\"it's\">{% translate 'Queen' %}</p>\n"
        " {% blocktranslate trimmed %}\n  Two\n   lines\n{% endblocktranslate %}"
    )
    (tmp_path / "templates" / "base.html").write_text("{% translate 'Menu' %}")
    return catalogue.rooms(tmp_path, ["bees"])


def sentences(room):
    return {m.id: m.string for m in catalogue.read(room) if m.id}


def translate(room, english, swedish):
    text = room.po.read_text()
    assert f'msgid "{english}"\nmsgstr ""' in text
    room.po.write_text(
        text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{swedish}"')
    )


def test_each_sentence_lands_in_the_catalogue_of_its_app(tiny):
    bees, rest = tiny

    for room in tiny:
        catalogue.refresh(room)

    assert set(sentences(bees)) == {
        "Hello %(name)s",
        ("One bee", "%(n)s bees"),
        "Open",
        "Queen",
        "Two lines",
    }
    assert set(sentences(rest)) == {"Menu"}


def test_a_second_run_changes_nothing_and_keeps_what_is_translated(tiny):
    bees, _rest = tiny
    catalogue.refresh(bees)
    translate(bees, "Queen", "Drottning")
    before = bees.po.read_text()

    catalogue.refresh(bees)

    assert bees.po.read_text() == before


def test_a_sentence_that_is_gone_from_the_source_leaves_the_catalogue(tiny):
    bees, _rest = tiny
    catalogue.refresh(bees)
    bees.sources[-1].write_text("")

    assert any(
        "nobody says this any more" in c and "Queen" in c for c in catalogue.complaints(tiny)
    )
    catalogue.refresh(bees)

    assert "Queen" not in sentences(bees)


def test_what_lacks_is_named(tiny):
    bees, rest = tiny
    catalogue.refresh(bees)
    translate(bees, "Hello %(name)s", "Hej %(namn)s")

    complaints = catalogue.complaints(tiny)

    assert any("other placeholders" in c and "Hello" in c for c in complaints)
    assert any("not translated" in c and "Open" in c for c in complaints)
    assert any("not in the catalogue" in c and "Menu" in c for c in complaints)


def test_two_swedish_words_for_one_english_are_named(tiny):
    bees, rest = tiny
    rest.sources[-1].write_text("{% load i18n %}{% translate 'Queen' %}")
    for room in tiny:
        catalogue.refresh(room)
    translate(bees, "Queen", "Drottning")
    translate(rest, "Queen", "Dam")

    assert any("said in two ways" in c and "Queen" in c for c in catalogue.complaints(tiny))


def test_only_a_newer_catalogue_is_compiled_again(tiny):
    bees, _rest = tiny
    catalogue.refresh(bees)
    translate(bees, "Queen", "Drottning")

    catalogue.compile_stale(tiny)
    first = bees.mo.stat().st_mtime_ns
    catalogue.compile_stale(tiny)

    assert bees.mo.stat().st_mtime_ns == first
    assert "Drottning" in bees.mo.read_bytes().decode("utf-8", "replace")
