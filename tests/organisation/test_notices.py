"""People are told: once each, in their own language, and nobody is told twice."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from organisation import notices as register
from organisation.actions import notices
from organisation.models import Notice
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

NEWS = {"kind": "test.approve", "title": "Medicinen i tid", "href": "/ideer/7/"}


@pytest.fixture(autouse=True)
def what_is_said():
    register.sentences({"test.approve": _("Done"), "test.funded": "Pengarna är reserverade."})


def titles_of(person):
    return [notice.title for notice in Notice.objects.visible_to(person).newest_first()]


# --- telling --------------------------------------------------------------------------------


def test_each_person_is_told_once():
    anna, bo = PersonFactory(), PersonFactory()
    assert notices.tell([anna, bo.pk, anna.pk, bo], **NEWS) == 2
    assert Notice.objects.count() == 2


def test_nobody_is_told_what_they_did_themselves():
    anna, bo = PersonFactory(), PersonFactory()
    notices.tell([anna, bo], **NEWS, except_for=anna)
    assert titles_of(anna) == []
    assert titles_of(bo) == ["Medicinen i tid"]


def test_whoever_has_left_is_told_nothing():
    gone = PersonFactory(is_active=False)
    assert notices.tell([gone], **NEWS) == 0


@pytest.mark.parametrize("count", [1, 30])
def test_telling_costs_the_same_however_many_they_are(count, django_assert_num_queries):
    people = PersonFactory.create_batch(count)
    with django_assert_num_queries(2):
        notices.tell(people, **NEWS)


def test_telling_nobody_asks_nothing(django_assert_num_queries):
    anna = PersonFactory()
    with django_assert_num_queries(0):
        notices.tell([anna], **NEWS, except_for=anna)


def test_a_title_that_is_too_long_is_cut():
    anna = PersonFactory()
    notices.tell([anna], kind="test.approve", title="å" * 300, href="/")
    (title,) = titles_of(anna)
    assert len(title) == 200
    assert title.endswith(" …")


@pytest.mark.parametrize("href", ["https://example.org/", "//example.org/", "/\\example.org/", ""])
def test_a_notice_leads_nowhere_else(href):
    with pytest.raises(Exception, match="notice_leads_to_a_page_here"):
        notices.tell([PersonFactory()], kind="test.approve", title="T", href=href)


def test_the_sentence_is_in_the_language_of_whoever_reads_it():
    notice = Notice(kind="test.approve")
    with translation.override("en"):
        assert notice.sentence == "Done"
    with translation.override("sv"):
        assert notice.sentence == "Klart"


def test_a_kind_without_a_sentence_shows_only_its_title():
    assert Notice(kind="never.heard.of").sentence == ""


# --- reading --------------------------------------------------------------------------------


def test_what_one_looks_at_is_no_longer_news():
    anna, bo = PersonFactory(), PersonFactory()
    notices.tell([anna, bo], **NEWS)
    notices.tell([anna], kind="test.approve", title="På sidan", href="/ideer/7/#kommentar-3")
    notices.tell([anna], kind="test.approve", title="Annat", href="/ideer/77/")
    notices.seen(anna, "/ideer/7/")
    assert [n.title for n in Notice.objects.visible_to(anna).unread()] == ["Annat"]
    assert Notice.objects.visible_to(bo).unread().count() == 1


def test_whoever_has_read_everything_costs_no_query(django_assert_num_queries):
    anna = PersonFactory()
    anna.unread_notices = 0
    with django_assert_num_queries(0):
        notices.seen(anna, "/ideer/7/")


def test_only_ones_own_can_be_marked_as_read():
    anna, bo = PersonFactory(), PersonFactory()
    notices.tell([anna, bo], **NEWS)
    notices.mark_read(anna, Notice.objects.get(to=bo).pk)
    assert Notice.objects.unread().count() == 2
    notices.mark_read(anna)
    assert [n.to for n in Notice.objects.unread()] == [bo]
