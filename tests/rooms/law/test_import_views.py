"""The pages of imports: upload, preview, progress, confirming, leaving out, taking back."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.law.models import Import, ImportItem, Law
from tests.rooms.law.asking import As, page, said, select, texts
from tests.rooms.law.making import (
    BY,
    NOW,
    drain,
    give,
    probe,
    the_item,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
LATER = "20240601000000"


def upload(client: Client, content: bytes, key: str = "", **more: Any) -> Any:
    package = BytesIO(content)
    package.name = "probeg.xml"
    values = {"package": package, "seen_on": "2024-03-06", "submission": key or str(uuid4()), **more}
    return client.post(reverse("law:new-import"), values)


def test_an_upload_becomes_an_import_that_waits_for_its_confirmation(as_: As, jana: Account) -> None:
    response = upload(as_(jana), probe())
    batch = Import.objects.get()
    drain()
    assert response.url == reverse("law:import", args=[batch.pk])
    assert (batch.source, batch.seen_on, batch.started_by) == ("probeg.xml", MARCH, jana)
    tree = page(as_(jana).get(response.url))
    assert texts(select(tree, "tbody tr")[0], "th, td")[:4] == [
        "probeg.xml", "ProbeG", "a law not yet known", "3 provisions come into stock",
    ]  # fmt: skip


def test_the_same_form_sent_twice_is_one_import(as_: As, jana: Account) -> None:
    key = str(uuid4())
    first, second = upload(as_(jana), probe(), key), upload(as_(jana), probe(), key)
    assert (first.url, Import.objects.count()) == (second.url, 1)


def test_an_upload_of_a_day_ahead_comes_back_with_its_reason(as_: As, jana: Account) -> None:
    response = upload(as_(jana), probe(), seen_on="2999-01-01")
    assert (response.status_code, Import.objects.count()) == (422, 0)
    assert "lies in the future" in response.content.decode()


def test_an_upload_that_is_too_large_names_the_command(as_: As, jana: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nahtstelle.rooms.law.forms.MOST_BYTES", 100)
    response = upload(as_(jana), probe())
    assert (response.status_code, Import.objects.count()) == (422, 0)
    assert "nahtstelle import-laws" in response.content.decode()


def test_an_import_is_confirmed_and_taken_back_on_its_page(as_: As, jana: Account) -> None:
    batch = give(probe(), MARCH)
    act = reverse("law:import-act", args=[batch.pk])
    as_(jana).post(act, {"confirm": "1"})
    drain()
    assert Law.objects.count() == 1
    assert as_(jana).post(act, {"undo": "1", "why": ""}).status_code == 422
    as_(jana).post(act, {"undo": "1", "why": "Falscher Tag."})
    drain()
    batch.refresh_from_db()
    assert (Law.objects.count(), batch.state) == (0, Import.State.UNDONE)


def test_confirming_twice_is_told_as_no_longer_possible(as_: As, jana: Account) -> None:
    batch = give(probe(), MARCH)
    act = reverse("law:import-act", args=[batch.pk])
    assert as_(jana).post(act, {"confirm": "1"}).status_code == 302
    response = as_(jana).post(act, {"confirm": "1"})
    assert response.status_code == 409
    assert "no longer waiting for a confirmation" in response.content.decode()


def test_a_file_is_left_out_and_taken_back_in_on_the_page(as_: As, jana: Account) -> None:
    batch = give(probe(), MARCH)
    act, item = reverse("law:import-act", args=[batch.pk]), the_item(batch)
    as_(jana).post(act, {"leave": item.pk})
    item.refresh_from_db()
    assert item.state == ImportItem.State.LEFT_OUT
    as_(jana).post(act, {"return": item.pk})
    item.refresh_from_db()
    assert item.state == ImportItem.State.NEW_LAW


@pytest.mark.parametrize("number", ["x", "", "9" * 30])
def test_a_file_that_is_none_is_not_found(number: str, as_: As, jana: Account) -> None:
    batch = give(probe(), MARCH)
    assert as_(jana).post(reverse("law:import-act", args=[batch.pk]), {"leave": number}).status_code == 404


def test_a_file_of_another_import_is_not_found(as_: As, jana: Account) -> None:
    batch, other = give(probe(), MARCH), give(probe(), JUNE)
    response = as_(jana).post(reverse("law:import-act", args=[batch.pk]), {"leave": the_item(other).pk})
    assert response.status_code == 404


def test_an_import_is_abandoned_on_its_page(as_: As, jana: Account) -> None:
    batch = give(probe(), MARCH)
    as_(jana).post(reverse("law:import-act", args=[batch.pk]), {"abandon": "1"})
    batch.refresh_from_db()
    assert batch.state == Import.State.ABANDONED


def test_a_button_that_cannot_be_pressed_says_why(as_: As, jana: Account) -> None:
    batch = give(b"kein Gesetz", MARCH)
    words = said(as_(jana).get(reverse("law:import", args=[batch.pk])))
    assert "No file of this import can be taken in." in words
    assert "The file is not the XML of a law." in words


def test_progress_is_asked_for_until_the_import_is_ready(as_: As, jana: Account) -> None:
    batch = importing.give_files(source="x", files=[("a.xml", probe())], seen_on=MARCH, complete=False, by=BY, at=NOW)
    address = reverse("law:import", args=[batch.pk])
    busy = as_(jana).get(address, {"fortschritt": "1"}, headers={"hx-request": "true"})
    assert (b"hx-get" in busy.content, b"<html" in busy.content, busy.get("HX-Refresh")) == (True, False, None)
    drain()
    ready = as_(jana).get(address, {"fortschritt": "1"}, headers={"hx-request": "true"})
    assert (b"hx-get" in ready.content, ready["HX-Refresh"]) == (False, "true")


def test_files_are_shown_by_what_they_are(as_: As, jana: Account) -> None:
    batch = give({"a.xml": probe(), "b.xml": b"kaputt"}, MARCH)
    address = reverse("law:import", args=[batch.pk])
    assert texts(page(as_(jana).get(address)), "tbody th") == ["b.xml", "a.xml"]
    assert texts(page(as_(jana).get(address, {"zustand": "refused"})), "tbody th") == ["b.xml"]
