"""Reported barriers: anybody reports, somebody owes an answer, and who it was is forgotten in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.links.signing import Purpose, sign
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.kinds import sentence_of
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Account
from nahtstelle.site.barriers import actions, rules
from nahtstelle.site.barriers.models import Report
from nahtstelle.site.barriers.rules import MOST_FROM_ONE
from nahtstelle.site.barriers.views import PER_PAGE
from tests.rooms.outputs.making import NOW, TODAY
from tests.site.reading_pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
As = Callable[..., Client]
BY = system("tests")


def reported(*, at: Any = NOW, connection: str = "192.0.2.1", words: str = "Der Knopf fehlt.", **more: Any) -> Report:
    given = {"page": "/recht/", "name": "Ada", "mail": "ada@example.org", "language": "de"} | more
    return actions.report(words=words, connection=connection, by=BY, at=at, **given)


def form_of(client: Client, address: str = "", **headers: str) -> dict[str, str]:
    shown = page(client.get(address or reverse("barriers:report"), headers=headers))
    form = next(one for one in shown.xpath("//main//form"))
    return {field.get("name"): field.get("value") or "" for field in form.xpath(".//input[@name]")}


# --- the form --------------------------------------------------------------------------------------------------------


def test_a_report_needs_words_only_and_becomes_a_duty_of_an_editor(emre: Account, ruth: Account) -> None:
    client = Client()
    answer = client.post(reverse("barriers:report"), {**form_of(client), "words": "Der Knopf fehlt."}, follow=True)
    assert "Danke für Ihre Meldung" in words(page(answer))
    (report,) = Report.objects.all()
    (duty,) = Duty.objects.all()
    assert (report.words, report.name, report.mail) == ("Der Knopf fehlt.", "", "")
    assert (duty.owner, duty.link, duty.due) == (
        emre.person, reverse("barriers:one", args=[report.pk]), TODAY + timedelta(days=28),
    )  # fmt: skip


def test_without_an_editor_the_head_owes_the_answer(ruth: Account) -> None:
    reported()
    assert Duty.objects.get().owner == ruth.person


def test_with_nobody_at_all_the_duty_lies_on_the_coordinators_desk(db: None) -> None:
    reported()
    assert (Duty.objects.get().owner, Duty.objects.get().escalated_because) == (None, "no-owner")


def test_a_form_sent_twice_is_one_report(emre: Account) -> None:
    client = Client()
    entries = {**form_of(client), "words": "Der Knopf fehlt."}
    answers = [client.post(reverse("barriers:report"), entries) for _ in range(2)]
    assert [one["Location"] for one in answers] == [reverse("barriers:thanks")] * 2
    assert Report.objects.count() == 1


def test_a_form_without_words_is_said_and_nothing_is_lost(emre: Account) -> None:
    answer = Client().post(reverse("barriers:report"), {"name": "Ada", "mail": "keine", "page": "/recht/"})
    assert answer.status_code == 422
    assert page(answer).xpath("//input[@name='name']/@value") == ["Ada"]
    assert not Report.objects.exists()


def test_what_fills_the_field_people_do_not_see_is_thanked_and_dropped(emre: Account) -> None:
    answer = Client().post(reverse("barriers:report"), {"words": "Kaufen Sie", "website": "https://spam.example"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("barriers:thanks"))
    assert not Report.objects.exists()


def test_a_flood_from_one_connection_is_stopped_and_others_go_on(emre: Account) -> None:
    for _ in range(MOST_FROM_ONE):
        reported()
    with pytest.raises(NotNow):
        reported()
    reported(connection="192.0.2.2")
    reported(at=NOW + timedelta(hours=1, minutes=1))
    assert Report.objects.count() == MOST_FROM_ONE + 2


@pytest.mark.parametrize("proxy", ["127.0.0.1", "10.1.2.3", "172.20.0.1", "::1", "fd00::1", "unix:"])
def test_readers_behind_a_proxy_do_not_stop_each_other(emre: Account, proxy: str) -> None:
    for _ in range(MOST_FROM_ONE + 1):
        reported(connection=proxy)
    assert set(Report.objects.values_list("origin", flat=True)) == {""}


def test_too_many_in_all_are_stopped_wherever_they_come_from(emre: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_IN_ALL", 3)
    for number in range(3):
        reported(connection=f"192.0.2.{number}")
    with pytest.raises(NotNow):
        reported(connection="192.0.2.9")


def test_whoever_owes_the_answer_is_told(emre: Account, ruth: Account) -> None:
    reported()
    (notice,) = Notice.objects.all()
    assert (notice.person, sentence_of(notice)) == (
        emre.person, "Jemand hat eine Barriere gemeldet (/recht/). Bitte antworten Sie bis 21. Dezember 2026.",
    )  # fmt: skip


def test_a_stopped_report_keeps_what_was_typed(emre: Account) -> None:
    for _ in range(MOST_FROM_ONE):
        reported()
    answer = Client(REMOTE_ADDR="192.0.2.1").post(reverse("barriers:report"), {"words": "Noch etwas."})
    assert (answer.status_code, "Noch etwas." in words(page(answer))) == (422, True)


def test_the_connection_itself_is_kept_nowhere(emre: Account) -> None:
    report = reported()
    assert "192.0.2.1" not in str(Report.objects.values().get(pk=report.pk))
    assert (
        report.origin
        == actions.origin_of("192.0.2.1", on=TODAY)
        != actions.origin_of("192.0.2.1", on=TODAY + timedelta(days=1))
    )


@pytest.mark.parametrize(
    ("referrer", "filled"),
    [
        ("http://testserver/recht/?q=a", "/recht/?q=a"), ("https://evil.example/recht/", ""), ("", ""),
        ("http://testserver/barrierefreiheit/melden/", ""),
    ],
)  # fmt: skip
def test_the_page_one_came_from_is_filled_in(referrer: str, filled: str) -> None:
    assert form_of(Client(), referer=referrer)["page"] == filled


def test_the_way_over_the_statement_keeps_the_page(db: None) -> None:
    statement = page(Client().get(reverse("accessibility"), headers={"referer": "http://testserver/recht/"}))
    (link,) = statement.xpath("//main//a[contains(@href, 'melden')]/@href")
    assert form_of(Client(), link)["page"] == "/recht/"


def test_a_link_that_speaks_for_its_reader_is_not_handed_on(db: None) -> None:
    token = sign(Purpose("tests.answer", timedelta(days=1)), at=NOW, u=7)
    for filled in (
        form_of(Client(), referer=f"http://testserver/versand/antwort/{token}/")["page"],
        form_of(Client(), f"{reverse('barriers:report')}?seite=/versand/antwort/{token}/")["page"],
    ):
        assert (filled, token in filled) == ("/versand/antwort/[…]/", False)


@pytest.mark.parametrize("given", ["https://evil.example", "//evil.example", "javascript:alert(1)", "/a\\b"])
def test_only_a_page_of_ours_is_filled_in(db: None, given: str) -> None:
    assert form_of(Client(), f"{reverse('barriers:report')}?seite={given}")["page"] == ""


def test_every_page_leads_to_the_form(db: None) -> None:
    assert page(Client().get("/")).xpath(f"//footer//a[@href='{reverse('barriers:report')}']")


def test_the_statement_sets_no_cookie_and_names_the_arbitration(db: None) -> None:
    answer = Client().get(reverse("accessibility"))
    assert not answer.cookies
    shown = page(answer)
    assert shown.xpath("//a[@href='https://www.schlichtungsstelle-bgg.de/']")
    titles = [words(one) for one in shown.xpath("//main//h2")]
    assert titles == [
        "Stand der Vereinbarkeit mit den Anforderungen", "Nicht barrierefreie Inhalte", "Erstellung dieser Erklärung",
        "Barriere melden", "Schlichtungsverfahren",
    ]  # fmt: skip


# --- answering -------------------------------------------------------------------------------------------------------


def test_an_answer_settles_the_duty_and_brings_the_end_of_the_data_forward(emre: Account) -> None:
    report = reported()
    actions.answer(report, words="Knopf ergänzt.", account=emre, by=emre.actor, at=NOW)
    report.refresh_from_db()
    assert (report.answer, report.forget_on) == ("Knopf ergänzt.", TODAY + actions.KEPT_AFTER_ANSWER)
    assert Duty.objects.get().state == "settled"


def test_an_answer_says_what_was_done_and_is_given_once(emre: Account) -> None:
    report = reported()
    with pytest.raises(Refusal):
        actions.answer(report, words=" ", account=emre, by=emre.actor, at=NOW)
    actions.answer(report, words="Ja.", account=emre, by=emre.actor, at=NOW)
    with pytest.raises(NotNow):
        actions.answer(report, words="Nochmal.", account=emre, by=emre.actor, at=NOW)


def test_reports_are_closed_to_others(
    emre: Account, jana: Account, tariq: Account, stranger: Account, ruth: Account, sam: Account, as_: As
) -> None:
    report = reported()
    for url in (reverse("barriers:reports"), reverse("barriers:one", args=[report.pk])):
        open_to = {
            one.person.name for one in (emre, jana, tariq, stranger, ruth, sam) if as_(one).get(url).status_code == 200
        }
        assert open_to == {"Emre", "Ruth", "Sam"}
        assert Client().get(url).status_code == 302


def test_whoever_was_handed_the_duty_reads_and_answers_that_report_only(emre: Account, jana: Account, as_: As) -> None:
    mine, other = reported(), reported(words="Etwas anderes.")
    Duty.objects.filter(subject_id=mine.pk).update(owner=jana.person)
    client = as_(jana)
    assert client.get(reverse("barriers:one", args=[mine.pk])).status_code == 200
    assert client.get(reverse("barriers:one", args=[other.pk])).status_code == 403
    assert client.post(reverse("barriers:one", args=[mine.pk]), {"words": "Erledigt."}).status_code == 302
    assert Report.objects.get(pk=mine.pk).answered_by == jana


def test_words_of_a_report_are_shown_as_words(emre: Account, as_: As) -> None:
    report = reported(words="<script>alert(1)</script>", page="javascript:alert(1)")
    content = as_(emre).get(reverse("barriers:one", args=[report.pk])).content.decode()
    assert ("<script>alert" in content, 'href="javascript' in content) == (False, False)


def test_the_list_has_pages_and_leaves_none_out(emre: Account, as_: As) -> None:
    for number in range(PER_PAGE + 1):
        Report.objects.create(words=f"Nummer {number}.", reported_at=NOW, forget_on=TODAY)
    client, seen = as_(emre), []
    for number in (1, 2):
        shown = page(client.get(reverse("barriers:reports"), {"page": number, "state": "open"}))
        seen.append([words(cell) for cell in shown.xpath("//tbody/tr/td[2]")])
    (onward,) = shown.xpath("//nav[@class='n-pagination']//a[contains(@rel, 'prev')]/@href")
    assert [len(one) for one in seen] == [PER_PAGE, 1]
    assert (len({*seen[0], *seen[1]}), "state=open" in onward) == (PER_PAGE + 1, True)


def test_the_list_is_filtered(emre: Account, as_: As) -> None:
    done = reported()
    reported(words="Offen")
    actions.answer(done, words="Ja.", account=emre, by=emre.actor, at=NOW)
    for state, number in (("", 2), ("open", 1), ("done", 1)):
        assert len(page(as_(emre).get(reverse("barriers:reports"), {"state": state})).xpath("//tbody/tr")) == number


# --- the end of the data ---------------------------------------------------------------------------------------------


def test_who_reported_is_forgotten_when_the_day_has_come(emre: Account, as_: As) -> None:
    report = reported()
    assert actions.forget_old_reports(by=BY, at=NOW + actions.KEPT_AT_MOST - timedelta(days=1)) == 0
    assert actions.forget_old_reports(by=BY, at=NOW + actions.KEPT_AT_MOST) == 1
    report.refresh_from_db()
    assert (report.words, report.name, report.mail, report.origin, report.page) == ("", "", "", "", "/recht/")
    assert "gelöscht, die Frist war um" in words(page(as_(emre).get(reverse("barriers:one", args=[report.pk]))))


def test_the_number_against_floods_is_forgotten_after_a_day(emre: Account) -> None:
    report = reported()
    actions.forget_old_reports(by=BY, at=NOW + timedelta(days=1, minutes=1))
    report.refresh_from_db()
    assert (report.origin, report.name) == ("", "Ada")


def test_the_database_forgets_whole_persons_only(emre: Account) -> None:
    report = reported()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(forgotten_at=NOW)
