"""The pages of acts of amendment: open to readers, recorded by few."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import acts
from nahtstelle.rooms.law.models import Act, Law
from tests.rooms.law.asking import As, act_with_line, page, said, select, texts
from tests.rooms.law.making import (
    NOW,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
LATER = "20240601000000"


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


def test_the_form_offers_the_law_of_the_other_lines_and_may_do_without(law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana)
    address = reverse("law:plan", args=[act.slug])
    assert 'value="ProbeG"' in as_(jana).get(address).content.decode()
    form = {"law": "", "old_citation": "§ 2", "kind": "amended", "revision": act.revision}
    assert as_(jana).post(address, form).status_code == 302
    assert act.changes.filter(provision__designation="§ 2", law=law).exists()


def test_a_line_that_does_not_say_which_law_is_shown_again_with_what_to_type(law: Law, as_: As, jana: Account) -> None:
    act = acts.record_act(title="Leer", stage="cabinet", account=jana, by=jana.actor, at=NOW)
    form = {"law": "", "old_citation": "§ 2", "kind": "amended", "revision": act.revision}
    response = as_(jana).post(reverse("law:plan", args=[act.slug]), form)
    assert response.status_code == 422
    assert "Of which law?" in response.content.decode()
    assert 'value="§ 2"' in response.content.decode()
