"""The page of a provision as at a day, and the synopsis of two of its wordings."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import questions
from nahtstelle.rooms.law.models import Law
from nahtstelle.rooms.law.questions import Citing
from tests.rooms.law.asking import As, act_with_line, page, said, select, texts
from tests.rooms.law.making import (
    OTHER,
    SENTENCE,
    THIRD,
    Section,
    bring,
    law_xml,
    section,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
LATER = "20240601000000"


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


@pytest.mark.usefixtures("that_day")
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
