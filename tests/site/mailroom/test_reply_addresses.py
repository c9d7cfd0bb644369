"""Letters that ask something have a reply address of their own; what comes to it lies where it belongs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Touch
from nahtstelle.register.duties.actions import delegate
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.actions import carry_notices, send_due_letters
from nahtstelle.register.notices.models import Letter, Notice, Preference
from nahtstelle.register.notices.replying import DUTY, reply_headers
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.outreach.models import MailedAnswer
from nahtstelle.site.invitations.actions import invite
from nahtstelle.site.mailroom.imap import fetch
from nahtstelle.site.mailroom.models import Mail
from nahtstelle.site.mailroom.taking import Outcome
from tests.cast import come_in
from tests.register.duties.making import make_duty
from tests.register.notices.making import MailServer, mail_server
from tests.rooms.outreach.making import engage, person, room, send
from tests.site.mailroom.mail_writing import BY, arrive, imap_server, mail
from tests.site.reading_pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _takes_plus_addresses(settings: Any) -> None:
    settings.MAIL_REPLY_TO = "post@centre.example"


@pytest.fixture
def smtp(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as server:
        yield server


def handed_on(account: Account, to: Account, *, at: datetime, number: int = 1) -> Duty:
    """One duty handed on by the first to the second, who is told by mail at once."""
    Preference.objects.update_or_create(person=to.person, defaults={"rhythm": Preference.Rhythm.AT_ONCE})
    duty = make_duty(account.person, at=at, subject_id=number)
    delegate(duty=duty, to=to.person, note="Bitte übernehmen", by=account.actor, at=at)
    deliver_all(at=at)
    return duty


def answer_to(address: str, text: str = "Das schaffe ich erst am Freitag.", **more: str) -> EmailMessage:
    made = mail(text, **more)
    made.replace_header("To", address)
    return made


def asking(duty: Duty) -> Notice:
    """The notice that hands the duty on."""
    return Notice.objects.get(kind="duties.received", words__duty=duty.pk)


def address_for(duty: Duty, *, at: datetime) -> str:
    return reply_headers(DUTY, asking(duty).pk, at=at)["Reply-To"]


def test_an_answer_about_a_duty_lies_beside_it_with_whoever_asked(
    jana: Account, emre: Account, now: datetime, smtp: MailServer, settings: Any, tmp_path: Path
) -> None:
    duty = handed_on(jana, emre, at=now)
    carry_notices(by=BY, at=now)
    send_due_letters(by=BY, at=now)
    ((_to, letter),) = [sent for sent in smtp.received if sent[0] == [emre.person.mail]]
    address = letter["Reply-To"]
    assert len(address.split("@")[0]) <= 64
    with imap_server(tmp_path, settings) as mailbox:
        mailbox.put(answer_to(address))
        assert fetch(by=BY, at=now) == {"taken": 1}
    (came,) = Mail.objects.all()
    assert (came.about_kind, came.about_id, came.assigned_to, came.sender) == (
        "duty",
        duty.pk,
        jana.person,
        "unverified",
    )
    given = Touch.objects.get(kind="mailroom.mail", object_id=came.pk, entry__fact="mailroom.MailAssigned")
    assert given.changes == {"assigned_to": [None, "Jana"]} and given.entry.actor == "system:mailroom"
    assert jana.person.notices.get(kind="mailroom.answered").link == reverse("mailroom:mail", args=[came.pk])
    assert Touch.objects.filter(kind="duties.duty", object_id=duty.pk, entry__fact="mailroom.MailTaken").exists()
    shown = page(come_in(Client(), jana).get(reverse("mailroom:mail", args=[came.pk])))
    on_duty = page(come_in(Client(), jana).get(reverse("duties:duty", args=[duty.pk])))
    assert on_duty.xpath(f"//main//dl//a[@href='/post/{came.pk}/']")
    assert duty.subject_title in words(shown) and shown.xpath(f"//main//a[@href='{duty.link}']")


def letter_to(account: Account, *, at: datetime) -> str:
    """The reply address of the letter that tells this person now."""
    carry_notices(by=BY, at=at)
    return str(Letter.objects.get(person=account.person).headers["Reply-To"])


def test_of_two_who_handed_a_duty_on_each_gets_the_answer_to_their_own_letter(
    jana: Account, emre: Account, ruth: Account, now: datetime
) -> None:
    duty = handed_on(jana, ruth, at=now)
    asked_by_jana = letter_to(ruth, at=now)
    Preference.objects.update_or_create(person=emre.person, defaults={"rhythm": Preference.Rhythm.AT_ONCE})
    delegate(duty=duty, to=emre.person, note="Nun Sie", by=ruth.actor, at=now)
    deliver_all(at=now)
    asked_by_ruth = letter_to(emre, at=now)
    arrive(answer_to(asked_by_jana, "Gebe ich weiter"), at=now)
    arrive(answer_to(asked_by_ruth, "Mache ich"), at=now)
    came = Mail.objects.order_by("pk").values_list("text", "about_id", "assigned_to")
    assert list(came) == [("Gebe ich weiter", duty.pk, jana.person.pk), ("Mache ich", duty.pk, ruth.person.pk)]


def test_who_owes_a_duty_and_may_read_no_mail_sees_none_at_it(
    jana: Account, emre: Account, tariq: Account, now: datetime
) -> None:
    duty = handed_on(jana, emre, at=now)
    arrive(answer_to(address_for(duty, at=now), subject="Vertraulich"), at=now)
    Duty.objects.filter(pk=duty.pk).update(owner=tariq.person)
    shown = [come_in(Client(), who).get(reverse("duties:duty", args=[duty.pk])) for who in (jana, tariq)]
    assert [(one.status_code, duty.subject_title in words(page(one))) for one in shown] == [(200, True)] * 2
    assert ["Vertraulich" in words(page(one)) for one in shown] == [True, False]


def test_an_answer_to_an_invitation_lies_with_who_invited_if_they_may_read_it(ruth: Account, now: datetime) -> None:
    invitation = invite(account=ruth, mail="nora@example.org", centre_role="editor", at=now)
    arrive(answer_to(Letter.objects.get().headers["Reply-To"]), at=now)
    came = Mail.objects.get()
    assert (came.about_kind, came.about_id, came.assigned_to) == ("invitation", invitation.pk, ruth.person)


def test_who_asked_and_is_no_staff_any_more_gets_no_mail_to_read(ruth: Account, jana: Account, now: datetime) -> None:
    invite(account=ruth, mail="nora@example.org", centre_role="editor", at=now)
    ruth.person.centre_roles.all().delete()
    arrive(answer_to(Letter.objects.get().headers["Reply-To"]), at=now)
    assert (Mail.objects.get().assigned_to, ruth.person.notices.count()) == (None, 0)


def test_an_answer_to_a_dispatch_is_known_without_its_message_id_and_judged_as_any(
    now: datetime, settings: Any
) -> None:
    settings.MAIL_TRUSTED_HOST = "mx.centre.example"
    place = room()
    engage(person("Mia"), place.iq, place.saxony)
    recipient = send(place).recipients.select_related("letter").get()
    assert recipient.letter is not None
    address = recipient.letter.headers["Reply-To"]
    verdict = "mx.centre.example; dmarc=fail header.from=example.org"
    assert arrive(answer_to(address, "Wir nutzen es.", Authentication_Results=verdict), at=now) == Outcome.ANSWER
    noted = MailedAnswer.objects.get()
    assert (noted.recipient, noted.sender, noted.from_address) == (recipient, "forged", "nora@example.org")
    recipient.refresh_from_db()
    assert recipient.answer == ""  # a person confirms


def test_a_forged_or_old_address_leads_to_the_general_post_and_nothing_is_lost(
    jana: Account, emre: Account, now: datetime
) -> None:
    duty, other = (handed_on(jana, emre, at=now, number=number) for number in (1, 2))
    true = address_for(duty, at=now)
    arrive(answer_to(true, "Die echte"), at=now)
    assert Mail.objects.get(text="Die echte").about_id == duty.pk
    _name, _plus, tag = true.partition("+")
    forged = [
        true.replace(f"+d{asking(duty).pk}-", f"+d{asking(other).pk}-"), true.replace("+d", "+i"), true.replace("+d", "+x"),
        true.replace("@", "a@"), f"post+{tag[:20]}@centre.example", "post+d@centre.example",
    ]  # fmt: skip
    for number, address in enumerate(forged):
        assert arrive(answer_to(address, f"Gefälscht {number}"), at=now) == Outcome.TAKEN
    assert arrive(answer_to(true, "Zu spät"), at=now + timedelta(days=91)) == Outcome.TAKEN
    general = Mail.objects.exclude(text="Die echte")
    assert set(general.values_list("about_kind", "about_id", "assigned_to", "closed_at")) == {("", None, None, None)}
    assert general.count() == len(forged) + 1


@pytest.mark.parametrize("header", ["To", "Cc", "Delivered-To", "X-Original-To"])
def test_wherever_the_address_stands_and_in_whatever_case_it_is_read(
    header: str, jana: Account, emre: Account, now: datetime
) -> None:
    duty = handed_on(jana, emre, at=now)
    made = mail()
    del made["To"]
    made[header] = f"Post <{address_for(duty, at=now).upper()}>"
    arrive(made, at=now)
    assert Mail.objects.get().about_id == duty.pk


def test_what_a_machine_answers_is_closed_as_ever_and_nobody_is_told(
    jana: Account, emre: Account, now: datetime
) -> None:
    duty = handed_on(jana, emre, at=now)
    arrive(answer_to(address_for(duty, at=now), "Bin im Urlaub", Auto_Submitted="auto-replied"), at=now)
    came = Mail.objects.get()
    assert (came.kind, came.closed_at, came.about_id, came.assigned_to) == ("automatic", now, duty.pk, None)


@pytest.mark.parametrize(
    "marks", [{"Auto_Submitted": "auto-replied"}, {"X_Spam_Flag": "YES"}], ids=["absence note", "spam"]
)
def test_only_what_a_person_wrote_stands_as_an_answer(
    marks: dict[str, str], jana: Account, emre: Account, now: datetime, settings: Any
) -> None:
    settings.MAIL_TRUSTED_HOST = "mx.centre.example"
    duty = handed_on(jana, emre, at=now)
    marks = {"Authentication_Results": "mx.centre.example; dmarc=none"} | marks
    arrive(answer_to(address_for(duty, at=now), subject="Von Hand"), at=now)
    arrive(answer_to(address_for(duty, at=now), subject="Maschine", **marks), at=now)
    assert set(Mail.objects.values_list("about_id", flat=True)) == {duty.pk} and Mail.objects.count() == 2
    client = come_in(Client(), jana)
    on_duty = words(page(client.get(reverse("duties:duty", args=[duty.pk]))))
    assert ("Von Hand" in on_duty, "Maschine" in on_duty) == (True, False)
    stands = [
        words(page(client.get(reverse("mailroom:mails") + f"?stand={one}"))) for one in ("open", "automatic", "spam")
    ]
    assert ["antwortet auf einen Brief" in one for one in stands] == [True, False, False]


def test_a_letter_that_asks_about_two_duties_has_no_address_of_its_own(
    jana: Account, emre: Account, now: datetime
) -> None:
    for number in (1, 2):
        handed_on(jana, emre, at=now, number=number)
    carry_notices(by=BY, at=now)
    assert "Reply-To" not in Letter.objects.get(person=emre.person).headers


def test_where_no_plus_addresses_are_taken_no_letter_has_one(ruth: Account, now: datetime, settings: Any) -> None:
    settings.MAIL_REPLY_TO = ""
    invite(account=ruth, mail="nora@example.org", centre_role="editor", at=now)
    assert "Reply-To" not in Letter.objects.get().headers
