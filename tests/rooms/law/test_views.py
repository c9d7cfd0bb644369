"""Pages of law: what everybody sees, what only some may do, what is not there."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import acts, importing, questions
from nahtstelle.rooms.law.models import Act, Import, ImportItem, Law, LawName, PlannedChange, Reading, Watch
from nahtstelle.rooms.law.questions import Citing
from tests.rooms.law.making import (
    BY,
    NOW,
    OTHER,
    SENTENCE,
    THIRD,
    Section,
    bring,
    drain,
    give,
    law_xml,
    probe,
    reading_of,
    section,
    the_item,
    the_law,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
LATER = "20240601000000"


@pytest.fixture
def as_(client: Client) -> Callable[[Account | None], Client]:
    """``as_(jana)``: the client signed in as somebody, reading English; ``as_(None)`` as nobody."""

    def sign_in(account: Account | None) -> Client:
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        if account is None:
            client.logout()
        else:
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


As = Callable[[Account | None], Client]


def page(response: Any) -> Any:
    assert response.status_code == 200, response.content.decode()[:2000]
    return lxml.html.fromstring(response.content)


def said(response: Any) -> str:
    return " ".join(page(response).text_content().split())


def select(tree: Any, path: str) -> list[Any]:
    """Elements by a plain selector: names, classes, descendants, children (">"), several with commas."""
    return tree.xpath(" | ".join(_xpath(one) for one in path.split(",")))


def _xpath(path: str) -> str:
    found, step = "", "//"
    for word in path.split():
        if word == ">":
            step = "/"
            continue
        name, *classes = word.split(".")
        wanted = "".join(f'[contains(concat(" ", normalize-space(@class), " "), " {c} ")]' for c in classes)
        found += f"{'.' if not found else ''}{step}{name or '*'}{wanted}"
        step = "//"
    return found


def texts(tree: Any, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in select(tree, path)]


@pytest.fixture
def law(db: None) -> Law:
    """The usual law with two readings: § 3 has another wording in the second, § 1 another heading."""
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER, "Gebühren"), Section("§ 1", SENTENCE, "Ziel"), build=LATER), JUNE)
    return the_law()


def act_with_line(jana: Account, **line: Any) -> tuple[Act, PlannedChange]:
    common = {"account": jana, "by": jana.actor, "at": NOW}
    act = acts.record_act(title="Ein Gesetz zur Änderung", stage=Act.Stage.BUNDESTAG, **common)
    values = {"law": the_law(), "old_citation": "§ 3", "kind": "amended", "in_force": date(2027, 1, 1), **line}
    plan = acts.plan_change(act, revision=1, **values, **common)
    act.refresh_from_db()
    return act, plan


# --- For everybody ---


def test_the_list_shows_each_law_with_its_days(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:laws")))
    assert texts(tree, "tbody th a") == ["ProbeG"]
    assert texts(tree, "tbody td") == ["5 Jun 2024", "–not given", "5 Jun 2024"]


def test_an_empty_list_teaches_how_law_comes_in(as_: As, jana: Account, tariq: Account) -> None:
    address = reverse("law:new-import")
    assert address in as_(jana).get(reverse("law:laws")).content.decode()
    for account in (None, tariq):
        response = as_(account).get(reverse("law:laws"))
        assert "No law is in stock yet" in said(response)
        assert address not in response.content.decode()


def test_a_search_finds_a_law_by_its_name(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:laws"), {"q": "gesetz PROBE"}))
    assert texts(tree, "tbody th a") == ["ProbeG"]


def test_a_search_for_a_provision_leads_to_it(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:laws"), {"q": "§ 3 ProbeG"}))
    links = [link.get("href") for link in select(tree, ".n-results a")]
    assert links == [reverse("law:provision", args=[law.slug, section("§ 3").pk])]


@pytest.mark.parametrize(
    "words", ["\x00", "%", "_", "'" * 50, "x" * 5000, "§ 999999999999999999999 ProbeG", "<script>"]
)
def test_a_strange_search_is_only_a_search(words: str, law: Law, as_: As) -> None:
    response = as_(None).get(reverse("law:laws"), {"q": words})
    assert response.status_code == 200
    assert b"<script>" not in response.content.replace(b'<script src="', b"")


def test_a_law_shows_its_contents_and_what_changed_when(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:law", args=[law.slug])))
    assert texts(tree, ".law-contents__number") == ["§ 1", "§ 2", "§ 3"]
    assert texts(tree, ".law-contents__title") == ["Ziel", "Verfahren", "Gebühren"]
    assert texts(tree, ".law-contents__changed time") == ["5 Jun 2024"]


def test_a_law_as_at_an_earlier_day_shows_the_headings_of_that_day(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:law", args=[law.slug]), {"am": "2024-03-06"}))
    assert texts(tree, ".law-contents__title") == ["Grundsatz", "Verfahren", "Gebühren"]
    assert "As at 6 March 2024. This reading was seen on this very day." in " ".join(tree.text_content().split())


def test_a_law_before_its_first_reading_says_so(law: Law, as_: As) -> None:
    words = said(as_(None).get(reverse("law:law", args=[law.slug]), {"am": "2020-01-01"}))
    assert "Our first reading is of 6 March 2024." in words


def test_a_missing_law_says_that_it_is_not_a_repeal(law: Law, as_: As) -> None:
    Law.objects.update(missing_since=JUNE)
    assert "That is not a repeal" in said(as_(None).get(reverse("law:law", args=[law.slug])))


@pytest.mark.parametrize("day", ["", "morgen", "2024-13-45", "99999-01-01", "2024-02-30"])
def test_a_day_that_is_none_shows_the_newest(day: str, law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:provision", args=[law.slug, section("§ 3").pk]), {"am": day}))
    assert texts(tree, ".law-text p") == [OTHER]


def test_a_provision_shows_the_text_of_the_day_and_how_sure_it_is(law: Law, as_: As) -> None:
    address = reverse("law:provision", args=[law.slug, section("§ 3").pk])
    tree = page(as_(None).get(address, {"am": "2024-04-01"}))
    assert texts(tree, ".law-text p") == [THIRD]
    assert texts(tree, ".law-day__said") == [
        "As at 1 April 2024. Not certain for this day: this text was last seen on 6 March 2024, the next one first on "
        "5 June 2024."
    ]


def test_a_provision_shows_its_wordings_through_time(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:provision", args=[law.slug, section("§ 3").pk])))
    assert texts(tree, ".n-timeline__title") == ["New wording", "First reading known to us"]


def test_a_provision_links_to_its_neighbours_on_the_same_day(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:provision", args=[law.slug, section("§ 2").pk]), {"am": "2024-03-06"}))
    found = {link.get("rel"): link.get("href") for link in select(tree, ".law-beside a")}
    assert found == {
        "prev": reverse("law:provision", args=[law.slug, section("§ 1").pk]) + "?am=2024-03-06",
        "next": reverse("law:provision", args=[law.slug, section("§ 3").pk]) + "?am=2024-03-06",
    }


def test_a_provision_shows_what_cites_it_and_how_many_more(law: Law, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Citing(
        title="Arbeitshilfe", address="/x/", kind="Handreichung", words="§ 3", part="/A1/S2/", under_review=True
    )
    monkeypatch.setattr(questions, "citing", [lambda provision, reader: ([one], 4)])
    tree = page(as_(None).get(reverse("law:provision", args=[law.slug, section("§ 3").pk])))
    assert texts(tree, ".law-cited li > a") == ["Arbeitshilfe"]
    assert texts(tree, ".law-cited__facts") == ["Handreichung · Absatz 1 Satz 2"]
    assert "and 3 more" in tree.text_content()


def test_what_cites_it_is_asked_for_this_very_reader(
    law: Law, as_: As, tariq: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(questions, "citing", [lambda provision, reader: (asked.append(reader), ([], 0))[1]])
    as_(tariq).get(reverse("law:provision", args=[law.slug, section("§ 3").pk]))
    assert asked == [tariq]


def test_a_planned_change_stands_above_the_text(law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana, summary="Die Gebühr sinkt.")
    tree = page(as_(None).get(reverse("law:provision", args=[law.slug, section("§ 3").pk])))
    assert texts(tree, ".n-banner__title") == ["Planned from 1 January 2027: § 3: amended"]
    assert reverse("law:act", args=[act.slug]) in [a.get("href") for a in select(tree, ".n-banner a")]


def test_the_official_page_is_linked_for_real_law_and_not_for_the_demos(law: Law, as_: As) -> None:
    official = "https://www.gesetze-im-internet.de/probeg/"
    assert official in as_(None).get(reverse("law:law", args=[law.slug])).content.decode()
    Law.objects.update(gazette="BspGBl I 2022, 9001")
    assert official not in as_(None).get(reverse("law:law", args=[law.slug])).content.decode()


def test_the_references_of_a_text_are_links(as_: As) -> None:
    bring(law_xml(Section("§ 1", "Es gilt § 2 entsprechend."), Section("§ 2", SENTENCE)), MARCH)
    tree = page(as_(None).get(reverse("law:provision", args=["probeg", section("§ 1").pk])))
    assert [(a.text_content(), a.get("href")) for a in select(tree, ".law-text a")] == [
        ("§ 2", reverse("law:provision", args=["probeg", section("§ 2").pk]))
    ]


def test_markup_in_a_law_is_text(as_: As) -> None:
    bring(law_xml(Section("§ 1", "<script>alert(1)</script> & mehr", "<b>Titel</b>")), MARCH)
    response = as_(None).get(reverse("law:provision", args=["probeg", section("§ 1").pk]))
    assert texts(page(response), ".law-text p") == ["<script>alert(1)</script> & mehr"]
    assert b"<script>alert" not in response.content


def test_a_synopsis_compares_the_two_newest_wordings(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:synopsis", args=[law.slug, section("§ 3").pk])))
    assert texts(tree, ".n-synopsis thead th") == ["§ 3, 6 Mar 2024", "§ 3, 5 Jun 2024"]
    assert select(tree, ".n-synopsis del")
    assert select(tree, ".n-synopsis ins")


def test_a_synopsis_can_be_read_as_one_text(law: Law, as_: As) -> None:
    tree = page(as_(None).get(reverse("law:synopsis", args=[law.slug, section("§ 3").pk]), {"form": "text"}))
    assert (len(select(tree, ".n-synopsis-inline")), len(select(tree, "table.n-synopsis"))) == (1, 0)


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "99999999", "9" * 30, "1 OR 1=1"])
def test_a_synopsis_with_a_strange_choice_shows_the_two_newest(number: str, law: Law, as_: As) -> None:
    address = reverse("law:synopsis", args=[law.slug, section("§ 3").pk])
    tree = page(as_(None).get(address, {"alt": number, "neu": number}))
    assert texts(tree, ".n-synopsis thead th") == ["§ 3, 6 Mar 2024", "§ 3, 5 Jun 2024"]


def test_a_provision_with_one_wording_has_nothing_to_compare(law: Law, as_: As) -> None:
    words = said(as_(None).get(reverse("law:synopsis", args=[law.slug, section("§ 2").pk])))
    assert "Only one wording is known" in words


def test_a_reading_keeps_substance_and_form_apart(law: Law, as_: As) -> None:
    reading = law.readings.latest("first_seen")
    tree = page(as_(None).get(reverse("law:reading", args=[law.slug, reading.pk])))
    tables = [
        [select(row, "a")[0].text_content() for row in select(table, "tbody tr")] for table in select(tree, "table")
    ]
    assert tables == [["§ 3"], ["§ 1"]]


def test_recent_changes_are_those_of_the_span_asked_for(law: Law, as_: As) -> None:
    near = said(as_(None).get(reverse("law:recent"), {"tage": "30"}))
    far = texts(page(as_(None).get(reverse("law:recent"), {"tage": "3650"})), "tbody th a")
    assert "No change was seen in this time" in near
    assert far == ["§ 3"]


def test_announcements_show_what_is_to_come(as_: As) -> None:
    bring(probe(stand=[("Hinweis", "Änderung mWv 1.12.2030 noch nicht berücksichtigt")]), MARCH)
    tree = page(as_(None).get(reverse("law:announcements")))
    (row,) = select(tree, "tbody tr")
    assert texts(row, "th a") == ["ProbeG"]
    assert "Änderung mWv 1.12.2030 noch nicht berücksichtigt" in row.text_content()


def test_acts_are_open_to_every_reader_and_recorded_by_few(law: Law, as_: As, jana: Account, tariq: Account) -> None:
    act, plan = act_with_line(jana)
    change = reverse("law:edit-plan", args=[act.slug, plan.pk])
    for account, allowed in ((jana, True), (tariq, False), (None, False)):
        response = as_(account).get(reverse("law:act", args=[act.slug]))
        assert texts(page(response), ".law-line h3") == ["§ 3"]
        assert (change in response.content.decode()) is allowed


def test_a_change_that_was_taken_back_stays_readable(law: Law, as_: As, jana: Account) -> None:
    act, plan = act_with_line(jana)
    acts.drop_change(plan, revision=act.revision, account=jana, why="Gestrichen.", by=jana.actor, at=NOW)
    tree = page(as_(None).get(reverse("law:act", args=[act.slug])))
    assert texts(tree, ".law-line--reversed h3") == ["§ 3"]
    assert texts(tree, ".law-line__back") == ["Taken back on 23 November 2026: Gestrichen."]


def test_a_bill_that_would_take_a_change_back_is_shown_beside_it(law: Law, as_: As, jana: Account) -> None:
    act, plan = act_with_line(jana)
    common = {"account": jana, "by": jana.actor, "at": NOW}
    bill = acts.record_act(title="Ein Entwurf", stage=Act.Stage.DRAFT, **common)
    acts.plan_change(bill, revision=1, law=law, old_citation="§ 3", kind="kept", reverses=plan, **common)
    tree = page(as_(None).get(reverse("law:act", args=[act.slug])))
    assert texts(tree, ".law-line__back") == ["A bill that is not promulgated would take this back: Ein Entwurf"]
    assert not select(tree, ".law-line--reversed")


# --- What is not there ---


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("law:law", ["nichts"]),
        ("law:reading", ["probeg", 999]),
        ("law:provision", ["probeg", 999]),
        ("law:provision", ["probeg", 10**30]),
        ("law:synopsis", ["probeg", 999]),
        ("law:act", ["nichts"]),
    ],
)
def test_what_does_not_exist_is_not_found(name: str, arguments: list[Any], law: Law, as_: As) -> None:
    assert as_(None).get(reverse(name, args=arguments)).status_code == 404


def test_a_provision_is_not_found_under_another_law(law: Law, as_: As) -> None:
    bring(law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2"), MARCH, name="anderg.xml")
    there = as_(None).get(reverse("law:provision", args=["probeg", section("§ 1", law).pk]))
    assert there.status_code == 200
    assert as_(None).get(reverse("law:provision", args=["anderg", section("§ 1", law).pk])).status_code == 404


@pytest.mark.parametrize(
    "name", ["law:import", "law:names", "law:edit-act", "law:plan", "law:drop-plan", "law:edit-plan"]
)
def test_a_thing_of_the_staff_that_does_not_exist_is_not_found(name: str, as_: As, jana: Account) -> None:
    arguments = {"law:import": [999], "law:drop-plan": ["x", 9], "law:edit-plan": ["x", 9]}.get(name, ["nichts"])
    assert as_(jana).get(reverse(name, args=arguments)).status_code == 404


# --- Watching ---


def test_a_person_watches_a_law_and_stops(law: Law, as_: As, tariq: Account) -> None:
    address = reverse("law:watch", args=[law.slug])
    as_(tariq).post(address, {"watching": "1"})
    assert list(Watch.objects.values_list("person", flat=True)) == [tariq.person_id]
    assert texts(page(as_(tariq).get(reverse("law:watched"))), "tbody th a") == ["ProbeG"]
    as_(tariq).post(address, {"watching": ""})
    assert not Watch.objects.exists()


def test_a_watch_list_is_ones_own(law: Law, as_: As, tariq: Account, stranger: Account) -> None:
    as_(tariq).post(reverse("law:watch", args=[law.slug]), {"watching": "1"})
    assert "You watch no law yet" in said(as_(stranger).get(reverse("law:watched")))


def test_nobody_watches_without_signing_in(law: Law, as_: As) -> None:
    response = as_(None).post(reverse("law:watch", args=[law.slug]), {"watching": "1"})
    assert (response.status_code, Watch.objects.count()) == (302, 0)
    assert as_(None).get(reverse("law:watched")).status_code == 302


def test_watching_is_not_done_by_a_link(law: Law, as_: As, tariq: Account) -> None:
    assert as_(tariq).get(reverse("law:watch", args=[law.slug])).status_code == 405


# --- Names ---


def test_a_name_is_added_and_removed(law: Law, as_: As, jana: Account) -> None:
    address = reverse("law:names", args=[law.slug])
    as_(jana).post(address, {"name": "Probiergesetz"})
    name = LawName.objects.get(name="Probiergesetz")
    as_(jana).post(address, {"remove": name.pk})
    assert not LawName.objects.filter(name="Probiergesetz").exists()


def test_a_name_of_another_law_is_refused_with_its_reason(law: Law, as_: As, jana: Account) -> None:
    bring(law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2"), MARCH, name="anderg.xml")
    response = as_(jana).post(reverse("law:names", args=["anderg"]), {"name": "probeg"})
    assert response.status_code == 422
    assert "“probeg” already names ProbeG." in response.content.decode()


def test_a_name_of_the_official_file_stays(law: Law, as_: As, jana: Account) -> None:
    name = LawName.objects.get(name="ProbeG")
    assert as_(jana).post(reverse("law:names", args=[law.slug]), {"remove": name.pk}).status_code == 422
    assert LawName.objects.filter(pk=name.pk).exists()


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30])
def test_a_name_that_is_none_is_not_found(number: str, law: Law, as_: As, jana: Account) -> None:
    assert as_(jana).post(reverse("law:names", args=[law.slug]), {"remove": number}).status_code == 404


# --- Importing ---


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


# --- Acts ---

ACT = {"title": "Ein Gesetz", "stage": "draft"}


def test_an_act_is_recorded_once_however_often_the_form_is_sent(as_: As, jana: Account) -> None:
    form = {**ACT, "submission": str(uuid4())}
    first = as_(jana).post(reverse("law:new-act"), form)
    second = as_(jana).post(reverse("law:new-act"), form)
    assert (first.url, Act.objects.count()) == (second.url, 1)


def test_an_act_without_its_day_comes_back_with_the_reason(as_: As, jana: Account) -> None:
    response = as_(jana).post(reverse("law:new-act"), {**ACT, "stage": "promulgated"})
    assert response.status_code == 422
    assert "needs the day of promulgation" in response.content.decode()


def test_an_act_is_edited_from_its_newest_state_only(law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana)
    address = reverse("law:edit-act", args=[act.slug])
    fresh = {**ACT, "title": "Neuer Titel", "revision": act.revision}
    assert as_(jana).post(address, fresh).status_code == 302
    stale = as_(jana).post(address, {**fresh, "title": "Alter Titel"})
    assert stale.status_code == 422
    assert "Somebody changed this act" in stale.content.decode()
    act.refresh_from_db()
    assert act.title == "Neuer Titel"


def test_a_line_is_added_and_changed_by_its_form(law: Law, as_: As, jana: Account) -> None:
    act, plan = act_with_line(jana)
    form = {"law": "probeg", "old_citation": "§ 2 Absatz 2", "kind": "amended", "revision": act.revision}
    assert as_(jana).post(reverse("law:plan", args=[act.slug]), form).status_code == 302
    assert act.changes.latest("pk").path == "/A2/"
    act.refresh_from_db()
    form = {"law": "ProbeG", "old_citation": "§ 1", "kind": "repealed", "revision": act.revision}
    as_(jana).post(reverse("law:edit-plan", args=[act.slug, plan.pk]), form)
    plan.refresh_from_db()
    assert (plan.old_citation, plan.kind) == ("§ 1", "repealed")


def test_a_line_for_an_unknown_law_comes_back_with_the_reason(law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana)
    form = {"law": "NichtG", "old_citation": "§ 1", "kind": "amended", "revision": act.revision}
    response = as_(jana).post(reverse("law:plan", args=[act.slug]), form)
    assert response.status_code == 422
    assert "This law is not in our stock" in response.content.decode()


def test_a_line_that_takes_another_back_can_be_edited_again(law: Law, as_: As, jana: Account) -> None:
    _act, plan = act_with_line(jana)
    common = {"account": jana, "by": jana.actor, "at": NOW}
    later = acts.record_act(title="Später", stage=Act.Stage.PROMULGATED, promulgated=date(2026, 11, 1), **common)
    line = acts.plan_change(later, revision=1, law=law, old_citation="§ 3", kind="kept", reverses=plan, **common)
    later.refresh_from_db()
    form = {
        "law": "ProbeG", "old_citation": "§ 3", "kind": "kept", "reverses": plan.pk, "summary": "Bleibt.",
        "revision": later.revision,
    }  # fmt: skip
    assert as_(jana).post(reverse("law:edit-plan", args=[later.slug, line.pk]), form).status_code == 302
    line.refresh_from_db()
    assert (line.summary, line.reverses) == ("Bleibt.", plan)


def test_a_line_is_dropped_with_a_reason_only(law: Law, as_: As, jana: Account) -> None:
    act, plan = act_with_line(jana)
    address = reverse("law:drop-plan", args=[act.slug, plan.pk])
    assert as_(jana).post(address, {"revision": act.revision, "why": " "}).status_code == 422
    assert as_(jana).post(address, {"revision": act.revision, "why": "Gestrichen."}).status_code == 302
    plan.refresh_from_db()
    assert plan.reversal_reason == "Gestrichen."


def test_the_consequences_are_set_going_from_the_acts_page(law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana)
    response = as_(jana).post(reverse("law:announce", args=[act.slug]), {"revision": act.revision}, follow=True)
    assert "The consequences are on their way" in said(response)


@pytest.mark.parametrize("revision", ["", "x", "0", "9" * 30])
def test_an_announcement_from_a_strange_form_is_refused(revision: str, law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana)
    assert as_(jana).post(reverse("law:announce", args=[act.slug]), {"revision": revision}).status_code == 409


# --- Who may not ---


def importer_pages(batch: Import) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("get", reverse("law:imports"), {}),
        ("get", reverse("law:new-import"), {}),
        ("get", reverse("law:import", args=[batch.pk]), {}),
        ("post", reverse("law:import-act", args=[batch.pk]), {"leave": the_item(batch).pk}),
    ]


def recorder_pages(act: Act, plan: PlannedChange) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("get", reverse("law:names", args=["probeg"]), {}),
        ("get", reverse("law:new-act"), {}),
        ("get", reverse("law:edit-act", args=[act.slug]), {}),
        ("get", reverse("law:plan", args=[act.slug]), {}),
        ("get", reverse("law:edit-plan", args=[act.slug, plan.pk]), {}),
        ("get", reverse("law:drop-plan", args=[act.slug, plan.pk]), {}),
        ("post", reverse("law:announce", args=[act.slug]), {"revision": act.revision}),
    ]


def ask(client: Client, way: str, address: str, values: dict[str, Any]) -> int:
    return int(getattr(client, way)(address, values).status_code)


@pytest.mark.parametrize("who", ["emre", "tariq", "marlene", "konrad", "stranger"])
def test_imports_are_closed_to_whoever_has_not_the_role(
    who: str, request: pytest.FixtureRequest, as_: As, sam: Account
) -> None:
    batch = give(probe(), MARCH)
    asked = importer_pages(batch)
    assert {ask(as_(sam), *one) for one in asked} <= {200, 302}  # it could be done
    importing.leave_out(the_item(batch), leave=False, by=BY, at=NOW)
    outsider = request.getfixturevalue(who)
    assert {ask(as_(outsider), *one) for one in asked} == {403}
    assert the_item(batch).state == ImportItem.State.NEW_LAW


@pytest.mark.parametrize("who", ["emre", "sam", "tariq", "marlene", "konrad", "stranger"])
def test_recording_is_closed_to_whoever_has_not_the_role(
    who: str, law: Law, request: pytest.FixtureRequest, as_: As, jana: Account, ruth: Account
) -> None:
    asked = recorder_pages(*act_with_line(jana))
    assert {ask(as_(ruth), *one) for one in asked} <= {200, 302}  # it could be done
    outsider = request.getfixturevalue(who)
    assert {ask(as_(outsider), *one) for one in asked} == {403}


def test_who_is_not_signed_in_is_led_to_the_door(law: Law, as_: As, jana: Account) -> None:
    asked = importer_pages(give(probe(), date(2024, 7, 3))) + recorder_pages(*act_with_line(jana))
    as_(None)
    for one in asked:
        response = getattr(as_(None), one[0])(one[1], one[2])
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("desk:sign-in"))


def test_what_only_staff_may_see_is_not_linked_for_others(law: Law, as_: As, jana: Account, tariq: Account) -> None:
    closed = [reverse("law:names", args=[law.slug]), reverse("law:new-act"), reverse("law:new-import")]
    open_pages = [reverse("law:law", args=[law.slug]), reverse("law:acts"), reverse("law:laws")]

    def seen(account: Account | None) -> set[str]:
        whole = "".join(as_(account).get(address).content.decode() for address in open_pages)
        return {address for address in closed if f'"{address}"' in whole}

    assert (seen(jana), seen(tariq), seen(None)) == (set(closed), set(), set())


# --- How many queries ---


def number_of_queries(client: Client, address: str) -> int:
    client.get(address)  # whatever is remembered between requests is remembered now
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_of_laws_needs_as_many_queries_for_many_as_for_few(as_: As) -> None:
    def bring_laws(numbers: range) -> None:
        for n in numbers:
            remark = [("Hinweis", f"Änderung mWv 1.12.20{n + 27} noch nicht berücksichtigt")]
            bring(
                law_xml(Section("§ 1", f"{OTHER} {n}"), name=f"G{n}", number=f"BJNR9{n}", stand=remark),
                MARCH,
                name=f"g{n}.xml",
            )

    bring_laws(range(2))
    few = number_of_queries(as_(None), reverse("law:laws"))
    bring_laws(range(2, 12))
    assert number_of_queries(as_(None), reverse("law:laws")) == few


def test_a_law_needs_as_many_queries_for_many_provisions_as_for_few(as_: As) -> None:
    for name, number in (("KleinG", 3), ("GrossG", 60)):
        old = [Section(f"§ {n}", f"{SENTENCE} {n}", f"Titel {n}") for n in range(1, number)]
        new = [Section(f"§ {n}", f"{OTHER} {n}", f"Titel {n}") for n in range(1, number)]
        bring(law_xml(*old, name=name, number=f"BJNR{name}"), MARCH, name=f"{name}.xml")
        bring(law_xml(*new, name=name, number=f"BJNR{name}", build=LATER), JUNE, name=f"{name}.xml")
    addresses = [reverse("law:law", args=[slug]) for slug in ("kleing", "grossg")]
    small, large = (number_of_queries(as_(None), address) for address in addresses)
    assert small == large


def test_a_provision_needs_as_many_queries_however_much_it_cites(as_: As) -> None:
    many = " ".join(f"Es gilt § {n} entsprechend, auch § {n} Absatz 1 und § {n} Satz 1." for n in range(3, 30))
    sections = [Section(f"§ {n}", f"{SENTENCE} {n}") for n in range(3, 30)]
    bring(law_xml(Section("§ 1", "Es gilt § 3 entsprechend."), Section("§ 2", many), *sections), MARCH)
    addresses = [reverse("law:provision", args=["probeg", section(f"§ {n}").pk]) for n in (1, 2)]
    few, lots = (number_of_queries(as_(None), address) for address in addresses)
    assert few == lots


def test_a_provision_needs_as_many_queries_however_much_cites_it(
    law: Law, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("law:provision", args=[law.slug, section("§ 3").pk])

    def cited(number: int) -> int:
        cards = [Citing(title=str(n), address="/", kind="k", words="w", part="/") for n in range(number)]
        monkeypatch.setattr(questions, "citing", [lambda provision, reader: (cards, number)])
        return number_of_queries(as_(None), address)

    assert cited(1) == cited(50)


def test_a_reading_needs_as_many_queries_for_many_changes_as_for_few(as_: As) -> None:
    def reading(name: str, number: int) -> Reading:
        old = [Section(f"§ {n}", f"{SENTENCE} {n}") for n in range(1, number)]
        new = [Section(f"§ {n}", f"{OTHER} {n}") for n in range(1, number)]
        bring(law_xml(*old, name=name, number=f"BJNR{name}"), MARCH, name=f"{name}.xml")
        return reading_of(bring(law_xml(*new, name=name, number=f"BJNR{name}", build=LATER), JUNE, name=f"{name}.xml"))

    readings = [reading("KleinG", 3), reading("GrossG", 60)]
    small, large = (number_of_queries(as_(None), reverse("law:reading", args=[r.law.slug, r.pk])) for r in readings)
    assert small == large


def test_an_act_needs_as_many_queries_for_many_lines_as_for_few(law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana)
    few = number_of_queries(as_(jana), reverse("law:act", args=[act.slug]))
    for designation in ("§ 1", "§ 2", "§ 2 Absatz 1", "§ 2 Absatz 2"):
        act.refresh_from_db()
        acts.plan_change(
            act, revision=act.revision, law=law, old_citation=designation, kind="amended", account=jana, by=jana.actor,
            at=NOW,
        )  # fmt: skip
    assert number_of_queries(as_(jana), reverse("law:act", args=[act.slug])) == few


def test_an_import_needs_as_many_queries_for_many_files_as_for_few(as_: As, jana: Account) -> None:
    def address(number: int) -> str:
        files = {
            f"g{n}.xml": law_xml(Section("§ 1", f"{OTHER} {n}"), name=f"G{n}", number=f"BJNR7{n}")
            for n in range(number)
        }
        return reverse("law:import", args=[give(files, MARCH).pk])

    assert number_of_queries(as_(jana), address(2)) == number_of_queries(as_(jana), address(20))
