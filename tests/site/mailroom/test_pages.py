"""The inbox's pages: found, given, closed, and shut to whom it does not concern."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.site.mailroom.models import Mail, MailFile
from tests.site.mailroom.mail_writing import arrive, mail
from tests.site.reading_pages import heading, page, words

pytestmark = pytest.mark.django_db
LIST = "/post/"
As = Callable[..., Client]


@pytest.fixture
def came(now: datetime) -> Mail:
    made = mail("Darf mein Neffe arbeiten?")
    made.add_attachment(b"%PDF-1.7 vertraulich", maintype="application", subtype="pdf", filename="Bescheid „alt“.pdf")
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="setup.exe")
    arrive(made, at=now)
    return Mail.objects.get()


def address(came: Mail, what: str = "mail") -> str:
    return reverse(f"mailroom:{what}", args=[came.pk])


def test_staff_read_a_mail_with_its_files(came: Mail, jana: Account, as_: As) -> None:
    shown = words(page(as_(jana).get(address(came))))
    for said in (
        "Darf mein Neffe arbeiten?",
        "Absender nicht bestätigt",
        "Bescheid „alt“.pdf",
        "setup.exe",
        "Nicht gespeichert: eine Art von Datei",
    ):
        assert said in shown


def test_a_file_is_saved_and_never_shown_as_a_page(came: Mail, jana: Account, as_: As) -> None:
    kept = MailFile.objects.get(refused="")
    answer = as_(jana).get(reverse("mailroom:file", args=[came.pk, kept.pk]))
    assert (answer.content, answer["X-Content-Type-Options"]) == (b"%PDF-1.7 vertraulich", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Bescheid")
    refused = MailFile.objects.exclude(refused="").get()
    assert as_(jana).get(reverse("mailroom:file", args=[came.pk, refused.pk])).status_code == 404


@pytest.mark.parametrize("who", ["tariq", "marlene", "konrad", "stranger"])
def test_nobody_outside_the_centre_reads_mail(who: str, came: Mail, jana: Account, as_: As, request: Any) -> None:
    kept = MailFile.objects.get(refused="")
    places = [LIST, address(came), reverse("mailroom:file", args=[came.pk, kept.pk])]
    assert [as_(jana).get(place).status_code for place in places] == [200] * 3
    client = as_(request.getfixturevalue(who))
    assert [client.get(place).status_code for place in places] == [403] * 3
    assert [
        client.post(address(came, what), {"why": "x", "to": jana.person_id}).status_code
        for what in ("assign", "close", "open-again")
    ] == [403] * 3
    assert [as_().get(place).status_code for place in places] == [302] * 3
    came.refresh_from_db()
    assert came.closed_at is None


def test_a_mail_is_given_closed_with_a_reason_and_opened_again(
    came: Mail, jana: Account, emre: Account, as_: As
) -> None:
    client = as_(jana)
    client.post(address(came, "assign"), {"to": emre.person_id})
    assert "Frage zur Duldung" in words(page(as_(emre).get(f"{LIST}?stand=mine")))
    assert client.post(address(came, "close"), {"why": " "}).status_code == 422
    assert client.post(address(came, "close"), {"why": "Am Telefon beantwortet"})["Location"] == LIST
    assert client.post(address(came, "close"), {"why": "Noch einmal"}).status_code == 409
    assert "Am Telefon beantwortet" in words(page(client.get(address(came))))
    assert "Frage zur Duldung" not in words(page(client.get(LIST)))
    client.post(address(came, "open-again"))
    assert "Frage zur Duldung" in words(page(client.get(LIST)))


def test_markup_in_a_mail_is_shown_and_not_carried_out(now: datetime, jana: Account, as_: As) -> None:
    arrive(mail("<script>alert(1)</script>", subject="<b>x</b>"), at=now)
    answer = as_(jana).get(address(Mail.objects.get()))
    assert b"<script>alert" not in answer.content and heading(answer) == "<b>x</b>"


def test_the_list_searches_pages_and_asks_a_fixed_number_of_questions(
    now: datetime, jana: Account, as_: As, django_assert_max_num_queries: Any
) -> None:
    Mail.objects.bulk_create(
        Mail(key=f"{n}", kind="person", sender="unverified", subject=f"Mail {n:02}", received_at=now) for n in range(45)
    )
    client = as_(jana)
    with django_assert_max_num_queries(14):
        assert len(page(client.get(LIST)).xpath("//main//tbody/tr")) == 40
    assert len(page(client.get(f"{LIST}?page=2")).xpath("//main//tbody/tr")) == 5
    assert len(page(client.get(f"{LIST}?q=Mail+07")).xpath("//main//tbody/tr")) == 1
    assert "Keine Mail passt" in words(page(client.get(f"{LIST}?q=niemand")))
    assert "Hier ist keine Mail" in words(page(client.get(f"{LIST}?stand=spam")))
