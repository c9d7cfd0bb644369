"""Pages of law for everybody: lists, a law, its readings, announcements; watching and names."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law.models import Law, LawName, Watch
from nahtstelle.rooms.law.searching import provisions_named
from tests.rooms.law.asking import As, page, said, select, texts
from tests.rooms.law.making import (
    OTHER,
    Section,
    bring,
    law_xml,
    probe,
    section,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
LATER = "20240601000000"


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


@pytest.mark.parametrize(
    "words",
    ["§ 2 ProbeG", "2 probeg", "probeg 2", "ProbeG § 2", "§2 ProbeG", "2 abs 1 probeg", "§ 2 des Gesetzes zur Probe",
     "Was sagt § 2 ProbeG dazu?"],
)  # fmt: skip
def test_a_search_finds_a_provision_however_it_is_typed(law: Law, as_: As, words: str) -> None:
    answer = as_(None).get(reverse("law:laws"), {"q": words})
    assert reverse("law:provision", args=[law.slug, section("§ 2", law).pk]) in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "designation", "citation"),
    [
        ("60c aufenthg", "§ 60c", "AufenthG"), ("§60 c AufenthG", "§ 60c", "AufenthG"),
        ("aufenthg 60c", "§ 60c", "AufenthG"), ("60C AUFENTHG", "§ 60c", "AufenthG"),
        ("SGB II § 16", "§ 16", "SGB II"), ("sgb 2 16", "§ 16", "SGB II"), ("16 sgb ii", "§ 16", "SGB II"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_people_find_what_they_type(words: str, designation: str, citation: str) -> None:
    bring(law_xml(Section("§ 60c", OTHER), name="AufenthG", number="BJNR1"), MARCH, name="aufenthg.xml")
    bring(law_xml(Section("§ 16", OTHER), name="SGB 2", number="BJNR2"), MARCH, name="sgb_2.xml")
    [(law, provision)] = provisions_named(words)
    assert (provision.designation, law.citation) == (designation, citation)


@pytest.mark.parametrize("words", ["", "probe", "2", "60 jahre migration", "2022", "gesetz 99999", "§"])
def test_words_that_name_no_provision_find_none(law: Law, words: str) -> None:
    assert provisions_named(words) == []


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


def test_a_law_whose_announced_day_passed_unseen_warns(as_: As) -> None:
    bring(probe(stand=[("Hinweis", "Änderung mWv 1.12.2024 noch nicht berücksichtigt")]), MARCH)
    tree = page(as_(None).get(reverse("law:law", args=["probeg"])))
    assert texts(tree, ".law-day--doubtful .law-day__said") == [
        "Last seen on 6 March 2024; nothing newer is known to us. An amendment of the law had been announced for "
        "1 December 2024."
    ]


def test_a_law_before_its_first_reading_says_so(law: Law, as_: As) -> None:
    words = said(as_(None).get(reverse("law:law", args=[law.slug]), {"am": "2020-01-01"}))
    assert "Our first reading is of 6 March 2024." in words


def test_a_missing_law_says_that_it_is_not_a_repeal(law: Law, as_: As) -> None:
    Law.objects.update(missing_since=JUNE)
    assert "That is not a repeal" in said(as_(None).get(reverse("law:law", args=[law.slug])))


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


def test_whoever_has_no_account_can_be_told_by_mail(law: Law, as_: As, tariq: Account) -> None:
    """A law is watched by who has an account; by all others, and a provision by everybody, it is followed by mail."""
    provision = law.provisions.first()
    assert provision is not None
    address = reverse("law:law", args=[law.slug])
    links = {
        name: [link.get("href") for link in page(as_(who).get(where)).xpath("//main//a[contains(@href, '/suche/merken/')]")]
        for name, who, where in [
            ("law", None, address), ("mine", tariq, address),
            ("provision", None, reverse("law:provision", args=[law.slug, provision.pk])),
        ]
    }  # fmt: skip
    assert [len(found) for found in links.values()] == [1, 0, 1]
    for found in links.values():
        assert [as_(None).get(link).status_code for link in found] == [200] * len(found)


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
