"""Erasing a person: searched for in every column of words of every table, before and after.

Sefa Güneş works for the centre: writes, answers, hands duties on, gets letters, is talked about. The letters outside ASCII are
meant: SQLite keeps them escaped inside JSON.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from nahtstelle.plumbing.kit.models import Submission
from nahtstelle.plumbing.kit.refusals import NotNow, NotYours
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.duties.actions import delegate
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.actions import set_preference, tell, write_letter
from nahtstelle.register.notices.facts import LetterGivenUp
from nahtstelle.register.notices.models import Bounce, Letter, Notice, Preference
from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_url
from nahtstelle.register.organisations.actions import add_membership
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people import actions
from nahtstelle.register.people.exporting import everything_about
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.questions import all_holdings
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.rooms.law.models import Watch
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs.models import Authorship, Output, ReaderCheck
from nahtstelle.rooms.outreach.answer_links import answer_url
from nahtstelle.rooms.outreach.models import Recipient
from nahtstelle.site.desk import passwords
from nahtstelle.site.door import sign_in_links
from tests.cast import come_in
from tests.register.duties.making import make_duty
from tests.rooms.outreach import making
from tests.rooms.outreach.making import AT, Room
from tests.site.personal_words import DERIVED, MAY_STAY, Found, columns, named

NAME, MAIL, DOOR = "Sefa Güneş", "sefa.gunes@verein.example", "s.gunes@tuer.example"


@pytest.fixture
def place(db: None) -> Room:
    return making.room()


@pytest.fixture
def sefa(place: Room) -> Account:
    """A year of work in the centre, told by the same actions people use."""
    ruth, emre = place.ruth, place.emre
    by = {"by": ruth.actor, "at": AT}
    person = actions.add_person(name=NAME, mail=MAIL, **by)
    account = actions.create_account(person=person, mail=DOOR, **by)
    actions.grant_role(person=person, role=CentreRole.Role.EDITOR, valid_from=AT.date(), **by)
    making.engage(person, place.iq, place.saxony)
    carrier = Organisation.objects.create(slug="verein", name="Verein", kind=place.saxony)
    add_membership(person=person, organisation=carrier, function="Beratung", valid_from=AT.date(), **by)
    set_preference(
        person=person, rhythm=Preference.Rhythm.AT_ONCE, quiet_from=None, quiet_until=None, digest_hour=8,
        law_letters=True, themes=[place.training], **by,
    )  # fmt: skip
    _writes(place, account)
    _owes(place, account)
    _gets_letters(place, account)
    tell(person=emre.person, kind="duties.handed-on", words={"title": "x", "who": NAME, "to": NAME, "due_on": "2026-12-01"},
         link=f"/personen/{person.slug}/", cause="about-sefa", **by)  # fmt: skip
    Submission.objects.create(key="5b6f6c3e-1111-4222-8333-123456789abc", result=f"/personen/{person.slug}/", at=AT)
    AccessAttempt.objects.create(username=DOOR.upper(), ip_address="192.0.2.1", user_agent="x", failures_since_start=1)
    return account


def _writes(place: Room, sefa: Account) -> None:
    mine = outputs.start(
        title="Merkblatt",
        kind=place.bulletin.kind,
        language="de",
        body="Ein Satz.",
        stand=AT.date(),
        **making.acting(sefa),
    )
    outputs.submit(mine, words=f"Bitte lesen. {NAME}", **making.acting(sefa))
    outputs.sign_off(mine, revision=1, words=f"Gut gemacht, {NAME.upper()}!", **making.acting(place.ruth))
    outputs.publish(mine, **making.acting(place.ruth))
    Output.objects.filter(pk=mine.pk).update(owner=place.emre.person)
    ReaderCheck.objects.create(output=mine, digest="x", who=f"Gruppe um {NAME}", on=AT.date(), recorded_at=AT)
    Authorship.objects.get_or_create(output=place.bulletin, person=sefa.person)


def _owes(place: Room, sefa: Account) -> None:
    make_duty(sefa.person, at=AT)
    done = make_duty(sefa.person, at=AT, subject_id=2)
    Duty.objects.filter(pk=done.pk).update(
        state=Duty.State.SETTLED, settled_at=AT, settled_by=NAME, settled_how=f"Von {NAME} geprüft: bleibt richtig."
    )
    handed = make_duty(sefa.person, at=AT, subject_id=3)
    delegate(duty=handed, to=place.dilan.person, note="Ich bin krank.", by=sefa.actor, at=AT)
    deliver_all(at=AT)


def _gets_letters(place: Room, sefa: Account) -> None:
    dispatch = making.send(place, programmes=[place.iq])
    recipient = Recipient.objects.get(dispatch=dispatch, person=sefa.person)
    making.answer(recipient, "used", "Ich nutze es im Kurs, Güneş.")
    letter = recipient.letter
    assert letter is not None
    Bounce.objects.create(to=MAIL, letter=letter, hard=True, status="5.1.1", diagnostic=f"550 <{MAIL}> unknown", at=AT)
    record(
        LetterGivenUp(letter.pk, sefa.person_id, f"550 <{MAIL}> unknown"), by=place.ruth.actor, at=AT, touched=[letter]
    )
    write_letter(
        key="about", to="dilan@example.org", subject=f"Von {NAME}", text=f"{NAME} hat eine Aufgabe weitergegeben.",
        language="de", by=place.ruth.actor, at=AT,
    )  # fmt: skip


def erase(place: Room, account: Account, **more: Any) -> Person:
    """With what follows from it: the index of the search forgets by a reaction."""
    erased = actions.erase_person(person=account.person, by=place.ruth.actor, at=AT, **more)
    deliver_all(at=AT)
    return erased


def of_sefa() -> set[Found]:
    return named([NAME, "güneş", MAIL, DOOR, "sefa-gunes"])


def test_before_erasing_the_walk_finds_the_name_where_it_must(sefa: Account) -> None:
    """Else the test below could not fail."""
    assert {found.column for found in of_sefa()} >= {
        ("people.person", "name"), ("people.person", "mail"), ("people.person", "slug"), ("people.account", "mail"),
        ("ledger.entry", "actor_label"), ("ledger.entry", "payload"), ("ledger.entry", "why"), ("ledger.touch", "changes"),
        ("notices.letter", "to"), ("notices.letter", "text"), ("notices.letter", "html"), ("notices.letter", "subject"),
        ("notices.bounce", "to"), ("notices.bounce", "diagnostic"), ("notices.notice", "words"), ("notices.notice", "link"),
        ("duties.duty", "settled_by"), ("duties.duty", "settled_how"), ("outputs.step", "words"),
        ("outputs.readercheck", "who"), ("outreach.recipient", "words"), ("kit.submission", "result"),
        ("axes.accessattempt", "username"),
    }  # fmt: skip


def test_after_erasing_no_name_and_no_address_is_left_in_any_column(place: Room, sefa: Account) -> None:
    erase(place, sefa)
    assert (
        sorted(f"{found.model}.{found.field} #{found.id}" for found in of_sefa() if found.column not in MAY_STAY) == []
    )


def test_what_may_stay_is_a_column_there_is() -> None:
    known = {(model._meta.label_lower, field) for model, field in columns()}
    assert set(MAY_STAY) - known == set()


def test_words_about_and_by_the_person_are_gone(place: Room, sefa: Account) -> None:
    erase(place, sefa)
    recipient = Recipient.objects.get(person=sefa.person)
    assert (recipient.answer, recipient.words, recipient.letter) == ("used", "", None)
    assert not named(["Ich bin krank"])
    for model in (Notice, Preference, Engagement, CentreRole):
        assert not model.objects.filter(person=sefa.person).exists()
    assert not Letter.objects.filter(to=MAIL).exists()


def test_knowledge_stays_without_the_name(place: Room, sefa: Account) -> None:
    """Editions, four eyes, reasons: everything the centre must be able to show later."""
    erase(place, sefa)
    output = Output.objects.get(title="Merkblatt")
    assert output.edition is not None
    assert output.edition.submitted_by_id == sefa.pk and output.edition.reviewed_by == place.ruth
    settled = Duty.objects.get(subject_id=2)
    assert (settled.settled_by, settled.settled_how) == (
        f"N. N. ({sefa.person_id})", f"Von N. N. ({sefa.person_id}) geprüft: bleibt richtig.",
    )  # fmt: skip
    submitted = Entry.objects.filter(fact="outputs.StepTaken", actor=f"account:{sefa.pk}").first()
    assert submitted is not None and submitted.actor_label == f"N. N. ({sefa.person_id})"


def test_open_duties_go_to_the_coordinators(place: Room, sefa: Account) -> None:
    erase(place, sefa)
    duty = Duty.objects.get(subject_id=1)
    assert (duty.owner, duty.escalated_because, duty.state) == (None, "no-owner", "open")


def test_nobody_comes_in_with_the_account_any_more(place: Room, sefa: Account) -> None:
    sefa.set_password("ein sehr langes Kennwort")
    sefa.save()
    browser = Client()
    come_in(browser, sefa)
    assert browser.get("/personen/ich/")["Location"] == f"/personen/{sefa.person.slug}/"
    erase(place, sefa)
    sefa.refresh_from_db()
    assert (sefa.is_active, sefa.has_usable_password(), MAIL in sefa.mail) == (False, False, False)
    assert urlsplit(browser.get("/personen/ich/")["Location"]).path == "/schreibtisch/anmelden/"


def test_links_in_letters_that_were_sent_lead_nowhere_any_more(place: Room, sefa: Account) -> None:
    recipient = Recipient.objects.get(person=sefa.person)
    addresses = [
        answer_url(recipient, at=timezone.now()),
        unsubscribe_url(sefa.person, Subscription.LAW_LETTERS, at=timezone.now()),
    ]
    paths = [urlsplit(address).path for address in addresses]
    assert [Client().get(path).status_code for path in paths] == [200, 200]
    erase(place, sefa)
    assert [Client().get(path).status_code for path in paths] == [404, 404]


def test_an_author_is_named_on_only_who_wanted_it(place: Room, sefa: Account) -> None:
    erase(place, sefa, keep_credit=True)
    assert {found.column for found in named([NAME])} == {("outputs.authorship", "credit")}
    page = Client().get(f"/veroeffentlichungen/{place.bulletin.slug}/").content.decode()
    assert NAME in page


def test_without_the_wish_the_author_is_nameless(place: Room, sefa: Account) -> None:
    address = f"/veroeffentlichungen/{place.bulletin.slug}/"
    assert NAME in Client().get(address).content.decode()
    erase(place, sefa)
    page = Client().get(address).content.decode()
    assert NAME not in page and f"N. N. ({sefa.person_id})" in page


def test_a_name_within_a_longer_word_is_left_alone(place: Room) -> None:
    other = making.account("Jan")
    entry = Entry.objects.create(
        fact="x", payload={}, at=AT, actor="system:x", actor_label="Jana", why="Jan und Januar"
    )
    erase(place, other)
    entry.refresh_from_db()
    assert (entry.actor_label, entry.why) == ("Jana", f"N. N. ({other.person_id}) und Januar")


def test_erasing_twice_is_refused_and_changes_nothing(place: Room, sefa: Account) -> None:
    erase(place, sefa)
    entries = Entry.objects.count()
    with pytest.raises(NotNow):
        erase(place, sefa)
    assert Entry.objects.count() == entries


def test_whoever_owns_what_readers_have_is_not_erased_yet(place: Room) -> None:
    with override("en"), pytest.raises(NotNow) as refusal:
        erase(place, place.emre)
    with override("en"):
        assert str(refusal.value) == "This person owns one published text; give it another owner first."


def test_nobody_erases_themselves_or_without_the_right(place: Room, sefa: Account) -> None:
    with pytest.raises(NotYours):
        actions.erase_person(person=place.ruth.person, by=place.ruth.actor, at=AT)
    with pytest.raises(NotYours):
        actions.erase_person(person=sefa.person, by=place.jana.actor, at=AT)


def test_the_last_keeper_of_roles_is_not_erased(place: Room) -> None:
    with pytest.raises(NotNow):
        actions.erase_person(person=place.ruth.person, by=making.Actor("system:tests", "tests"), at=AT)


# --- what is held of me ----------------------------------------------------------------------------------------------


def test_the_export_holds_every_row_in_which_the_name_stands(sefa: Account) -> None:
    everything = everything_about(sefa.person, at=AT)
    told = {(section["kind"], row["id"]) for section in everything["held"] for row in section["rows"]}
    told |= {(one["kind"], one["id"]) for one in everything["named_in"]}
    passed_over = set(MAY_STAY) | DERIVED
    missing = {found for found in of_sefa() if found.column not in passed_over and (found.model, found.id) not in told}
    assert missing == set()


def test_the_export_holds_every_row_that_leads_to_the_person(sefa: Account) -> None:
    """By the foreign keys of all models: a new one that nobody declared is found here."""
    told = {
        (section["kind"], row["id"])
        for section in everything_about(sefa.person, at=AT)["held"]
        for row in section["rows"]
    }
    missing = set()
    for model, field in _keys_to_people():
        who = sefa.person_id if field.related_model is Person else sefa.pk
        for number in model._base_manager.filter(**{field.attname: who}).values_list("pk", flat=True):
            if (model._meta.label_lower, number) not in told:
                missing.add((model._meta.label_lower, field.name, number))
    assert missing == set()


def test_every_key_to_a_person_is_declared() -> None:
    declared = {holding.model for holding in all_holdings()}
    assert {f"{model.__name__}.{field.name}" for model, field in _keys_to_people() if model not in declared} == set()


def _keys_to_people() -> list[tuple[Any, Any]]:
    return [
        (model, field)
        for model in {model for model, _field in columns()} | {Authorship, Watch}
        for field in model._meta.concrete_fields
        if field.related_model in (Person, Account)
    ]


def test_the_export_tells_words_and_not_only_numbers(sefa: Account) -> None:
    text = json.dumps(everything_about(sefa.person, at=AT), ensure_ascii=False, default=str)
    for said in (MAIL, DOOR, "Ich nutze es im Kurs, Güneş.", "Bitte lesen.", "Beratung", "Ich bin krank."):
        assert said in text


def test_after_erasing_there_is_nothing_to_export_but_numbers(place: Room, sefa: Account) -> None:
    person = erase(place, sefa)
    text = json.dumps(everything_about(person, at=AT), ensure_ascii=False, default=str)
    assert not any(said in text for said in (NAME, MAIL, DOOR, "Kurs"))


# --- by their pages --------------------------------------------------------------------------------------------------


def page(sefa: Account, what: str) -> str:
    return f"/personen/{sefa.person.slug}/{what}/"


def test_everybody_takes_what_is_held_of_them_and_keepers_that_of_others(place: Room, sefa: Account) -> None:
    mine = making.signed_in(sefa).get(page(sefa, "auskunft"))
    assert (mine.status_code, mine.json()["person"]) == (200, NAME)
    assert mine["Content-Disposition"] == 'attachment; filename="auskunft-sefa-gunes.json"'
    assert making.signed_in(place.ruth).get(page(sefa, "auskunft")).status_code == 200
    for other, expected in ((place.jana, 403), (place.nora, 404)):
        answer = making.signed_in(other).get(page(sefa, "auskunft"))
        assert (answer.status_code, MAIL in answer.content.decode()) == (expected, False)


def test_what_is_handed_out_holds_no_link_by_which_another_could_come_in(place: Room, sefa: Account) -> None:
    now = timezone.now()
    sign_in_links.send_link(DOOR, at=now)
    passwords.send_link(sefa, at=now)
    letters = "\n".join(Letter.objects.filter(person=sefa.person).values_list("text", flat=True))
    tokens = {urlsplit(url).path: url.rstrip("/").split("/")[-1] for url in re.findall(r"https?://\S+", letters)}
    ways_in = {path: token for path, token in tokens.items() if len(token) > 30}
    # They do work: whoever reads them comes in, or speaks in the person's name.
    assert {Client().get(path, follow=True).status_code for path in ways_in} == {200} and len(ways_in) >= 3
    assert sefa in {sign_in_links.account_of(token, at=now) for path, token in ways_in.items() if "/link/" in path}
    told = making.signed_in(place.ruth).get(page(sefa, "auskunft")).content.decode()
    assert letters[:20] in told
    assert [path for path, token in ways_in.items() if token in told] == []


def test_handing_out_what_is_held_of_another_is_recorded_and_of_oneself_is_not(place: Room, sefa: Account) -> None:
    for who in (sefa, place.ruth):
        making.signed_in(who).get(page(sefa, "auskunft"))
    (entry,) = Entry.objects.filter(fact="people.PersonExported")
    assert (entry.actor, entry.touches.get().object_id) == (place.ruth.actor.ref, sefa.person_id)


@pytest.mark.parametrize(("who", "expected"), [("emre", 403), ("dilan", 403), ("nora", 404)])
def test_who_does_not_keep_accounts_erases_nobody(place: Room, sefa: Account, who: str, expected: int) -> None:
    browser = making.signed_in(getattr(place, who))
    assert browser.get(page(sefa, "loeschen")).status_code == expected
    assert browser.post(page(sefa, "loeschen"), {"typed": NAME}).status_code == expected
    sefa.person.refresh_from_db()
    assert sefa.person.name == NAME


def test_the_head_erases_by_typing_the_name(place: Room, sefa: Account) -> None:
    ruth = making.signed_in(place.ruth)
    wrong = ruth.post(page(sefa, "loeschen"), {"typed": "Sefa"})
    sefa.person.refresh_from_db()
    assert (wrong.status_code, sefa.person.name) == (422, NAME)
    address = page(sefa, "loeschen")
    assert ruth.post(address, {"typed": "sefa  güneş"}).status_code == 302
    sefa.person.refresh_from_db()
    assert sefa.person.erased_at is not None
    assert ruth.post(address, {"typed": NAME}).status_code == 404  # a browser that sends twice
    assert NAME not in ruth.get("/personen/").content.decode()
