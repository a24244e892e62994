"""Pictures and files with an idea: kept at once, shown to those who see it, at most five."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from foundation.errors import Refused
from foundation.uploads import Upload
from improvement.actions import attachments
from improvement.models import Attachment, Idea, IdeaStatus
from tests.factories import IdeaFactory, UnitFactory, employee

pytestmark = pytest.mark.django_db

KEY = "6e1a3c1e-0c5e-4c0e-9b0e-3f4b8e1c2d3a"


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def me(client, unit):
    person = employee(at=unit)
    client.force_login(person)
    return person


@pytest.fixture
def idea(me, unit):
    return IdeaFactory(author=me, unit=unit)


def picture(name="larm.png", colour="red"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def upload(number=1, name=None):
    return Upload(name or f"fil {number}.pdf", "application/pdf", b"%PDF-1.7 " + bytes([number]))


def chosen(client, *files, **fields):
    """What htmx sends when files are chosen."""
    return client.post(
        reverse("idea-keep"),
        {"key": KEY, "page": KEY, "seen": KEY, "photos": files, **fields},
        headers={"HX-Request": "true", "HX-Target": "idea-files"},
    )


def test_a_file_is_kept_as_soon_as_it_is_chosen(client, me, unit):
    response = chosen(client, picture(), unit=unit.pk)

    idea = Idea.objects.get()
    kept = idea.attachments.get()
    assert (idea.status, idea.title, kept.name, kept.is_image) == (
        "draft",
        "larm.jpg",
        "larm.jpg",
        True,
    )
    assert response.text.strip().startswith('<div id="idea-files"')
    assert f'src="/ideer/filer/{kept.pk}/"' in response.text
    assert response["HX-Replace-Url"] == f"/ideer/{idea.pk}/andra/"


def test_files_are_handed_in_with_the_form_and_not_twice(client, me, unit):
    chosen(client, picture(), unit=unit.pk)

    client.post(
        reverse("idea-create"),
        {
            "key": KEY,
            "need": "Larmen hörs inte.",
            "unit": unit.pk,
            "photos": [picture(), picture("b.png", "blue")],
        },
    )

    idea = Idea.objects.get()
    assert idea.status == IdeaStatus.SUBMITTED
    assert list(idea.attachments.values_list("name", "position")) == [("larm.jpg", 1), ("b.jpg", 2)]
    assert "larm.jpg" in client.get(f"/ideer/{idea.pk}/").text


def test_a_file_outlives_an_error_in_the_form(client, me, unit):
    response = client.post(
        reverse("idea-create"), {"key": KEY, "need": "", "unit": unit.pk, "photos": [picture()]}
    )
    assert response.status_code == 422
    assert "larm.jpg" in response.text
    assert Attachment.objects.count() == 1


def test_what_is_no_picture_or_document_says_so_and_the_rest_is_kept(client, me, unit):
    response = chosen(client, SimpleUploadedFile("a.exe", b"MZ"), need="Larmen", unit=unit.pk)
    assert "Det här är något annat" in response.text
    assert Idea.objects.get().need == "Larmen"
    assert not Attachment.objects.exists()


def test_a_sixth_file_has_no_place(idea, me):
    attachments.add(idea_id=idea.pk, uploads=[upload(n) for n in range(5)], by=me)
    with pytest.raises(Refused, match="fem|5"):
        attachments.add(idea_id=idea.pk, uploads=[upload(9)], by=me)

    attachments.remove(attachment_id=idea.attachments.get(position=2).pk, by=me)
    added = attachments.add(idea_id=idea.pk, uploads=[upload(9)], by=me)
    assert [one.position for one in added] == [2]


@pytest.mark.parametrize(
    ("position", "constraint"),
    [
        (0, "attachment_has_one_of_five_places"),
        (6, "attachment_has_one_of_five_places"),
        (1, "attachment_alone_in_its_place"),
    ],
)
def test_the_database_has_five_places(idea, me, position, constraint):
    attachments.add(idea_id=idea.pk, uploads=[upload()], by=me)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Attachment.objects.create(
            idea=idea, position=position, name="x", content_type="x", content=b"x", by=me
        )


def test_an_identity_number_in_a_name_is_refused(idea, me):
    with pytest.raises(Refused, match="personnummer"):
        attachments.add(idea_id=idea.pk, uploads=[upload(name="811228-9874.pdf")], by=me)


def test_only_the_author_adds_and_removes_and_only_while_it_is_theirs(idea, me, unit):
    (kept,) = attachments.add(idea_id=idea.pk, uploads=[upload()], by=me)
    with pytest.raises(Refused):
        attachments.add(idea_id=idea.pk, uploads=[upload(2)], by=employee(at=unit))
    Idea.objects.filter(pk=idea.pk).update(status=IdeaStatus.PREPARING)
    with pytest.raises(Refused):
        attachments.remove(attachment_id=kept.pk, by=me)


def test_a_file_is_shown_in_a_way_that_can_do_no_harm(client, idea, me):
    image = Upload("larm.jpg", "image/jpeg", b"\xff\xd8\xff", 1, 1)
    first, second = attachments.add(idea_id=idea.pk, uploads=[image, upload()], by=me)

    shown, fetched = (client.get(f"/ideer/filer/{one.pk}/") for one in (first, second))

    assert (shown.content, shown["Content-Type"]) == (b"\xff\xd8\xff", "image/jpeg")
    assert shown["Content-Disposition"].startswith("inline")
    assert fetched["Content-Disposition"].startswith("attachment")
    for response in (shown, fetched):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"].startswith("private")


def test_a_file_of_what_one_may_not_see_is_not_found(client, idea, me):
    (kept,) = attachments.add(idea_id=idea.pk, uploads=[upload()], by=me)
    client.force_login(employee(at=UnitFactory()))
    assert client.get(f"/ideer/filer/{kept.pk}/").status_code == 404


def test_removing_asks_first(client, idea, me):
    (kept,) = attachments.add(idea_id=idea.pk, uploads=[upload()], by=me)
    assert "Ta bort fil 1.pdf?" in client.get(f"/ideer/filer/{kept.pk}/bort/").text
    assert client.post(f"/ideer/filer/{kept.pk}/bort/")["Location"] == f"/ideer/{idea.pk}/andra/"
    assert not Attachment.objects.exists()


def test_the_bytes_are_not_read_for_a_list(idea, me, django_assert_num_queries):
    attachments.add(idea_id=idea.pk, uploads=[upload(n) for n in range(3)], by=me)
    with django_assert_num_queries(1) as asked:
        assert [one.size for one in idea.attachments.for_list()] == [10, 10, 10]
    assert '"content",' not in asked[0]["sql"]
