"""Pictures and files of a work: who sees them, how they are sent, how many there may be."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from foundation.errors import Refused
from foundation.uploads import Upload
from programme.actions import files
from programme.models import Phase, WorkFile
from tests.factories import cycle_in

pytestmark = pytest.mark.django_db


def picture(colour="teal", form="PNG"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, form)
    return SimpleUploadedFile("lapp.png", content.getvalue())


def upload(content=b"x", name="lapp.png"):
    return Upload(name, "image/png", content, 1, 1)


@pytest.fixture
def cycle(work, leader):
    return cycle_in(work, Phase.DO, by=leader)


@pytest.fixture
def photo(work, cycle, leader):
    return files.add(work_id=work.pk, cycle_id=cycle.pk, upload=upload(), says="Lappen", by=leader)


@pytest.mark.parametrize("field", ["taken", "chosen"])
def test_a_photo_is_kept_with_the_test_and_drawn_anew(client, cycle, leader, field):
    client.force_login(leader)
    address = reverse("cycle-photo", args=[cycle.pk])
    client.post(address, {field: picture(), "says": "Lappen sitter högt"})

    kept = WorkFile.objects.get()
    assert (kept.cycle, kept.says, kept.content_type) == (cycle, "Lappen sitter högt", "image/jpeg")
    text = client.get(reverse("cycle-detail", args=[cycle.pk])).text
    assert 'alt="Lappen sitter högt"' in text
    assert 'capture="environment"' in text


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "Ta ett foto, eller välj en bild."),
        ({"chosen": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}, "Välj en bild;"),
        ({"taken": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n broken")}, "skadad"),
    ],
)
def test_what_is_no_picture_is_refused(client, cycle, leader, answers, says):
    client.force_login(leader)
    address = reverse("cycle-photo", args=[cycle.pk])
    answer = client.post(address, {**answers, "says": "Det som stod"})
    assert answer.status_code == 422
    assert says in answer.text
    assert "Det som stod" in answer.text
    assert WorkFile.objects.count() == 0


def test_a_picture_can_do_nothing_to_who_looks_at_it(client, photo, member):
    client.force_login(member)
    answer = client.get(reverse("work-file-open", args=[photo.pk]))
    assert answer.content == b"x"
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_a_document_is_fetched_and_not_shown(client, work, leader):
    pdf = Upload("plan.pdf", "application/pdf", b"%PDF-1.7")
    file = files.add(work_id=work.pk, upload=pdf, by=leader)
    client.force_login(leader)
    answer = client.get(reverse("work-file-open", args=[file.pk]))
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_second_click_keeps_nothing_more(work, cycle, leader, photo):
    again = files.add(work_id=work.pk, cycle_id=cycle.pk, upload=upload(), by=leader)
    assert again == photo


def test_there_is_room_for_so_many(work, leader, monkeypatch):
    monkeypatch.setattr(WorkFile, "MOST_PER_WORK", 2)
    for content in (b"1", b"2"):
        files.add(work_id=work.pk, upload=upload(content), by=leader)
    with pytest.raises(Refused, match="rymmer 2 bilder"):
        files.add(work_id=work.pk, upload=upload(b"3"), by=leader)


def test_no_identity_number_in_a_name(work, leader):
    with pytest.raises(Refused, match=r"19121212-1212\.png"):
        files.add(work_id=work.pk, upload=upload(name="19121212-1212.png"), by=leader)


def test_a_picture_is_asked_about_and_taken_away(client, cycle, photo, leader):
    client.force_login(leader)
    address = reverse("work-file-remove", args=[photo.pk])
    assert "Lappen" in client.get(address).text
    assert client.post(address)["Location"] == reverse("cycle-detail", args=[cycle.pk])
    assert WorkFile.objects.count() == 0


def test_strangers_neither_keep_nor_remove(work, stranger, photo):
    with pytest.raises(Refused, match="teamet"):
        files.add(work_id=work.pk, upload=upload(b"2"), by=stranger)
    with pytest.raises(Refused, match="teamet"):
        files.remove(file_id=photo.pk, by=stranger)
