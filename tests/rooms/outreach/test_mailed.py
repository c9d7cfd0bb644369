"""Answers that come by mail: noted, confirmed by a person, and never counted by themselves."""

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.notices.posting import message_id_of
from nahtstelle.rooms.outreach import mailed
from nahtstelle.rooms.outreach.models import MailedAnswer, Recipient
from tests.rooms.outreach.making import AT, Room, account, engage, person, send, signed_in

pytestmark = pytest.mark.django_db
BY = system("mailroom")
WORDS = "Wir haben es im Team besprochen und nutzen es."


@pytest.fixture
def recipient(place: Room) -> Recipient:
    """Mia, whose letter was sent."""
    engage(person("Mia"), place.iq, place.saxony)
    found = send(place).recipients.select_related("letter", "dispatch", "person").get()
    assert found.letter is not None
    Letter.objects.filter(pk=found.letter_id).update(message_id=message_id_of(found.letter), state="sent")
    found.letter.refresh_from_db()
    return found


def note(recipient: Recipient, *, key: str = "k", sender: str = "unverified", answers: str | None = None) -> bool:
    assert recipient.letter is not None
    named = recipient.letter.message_id if answers is None else answers
    return mailed.note(
        message_ids=[named], words=WORDS, from_address="mia@elsewhere.example", sender=sender, key=key, by=BY, at=AT
    )


def given(recipient: Recipient) -> tuple[str, str]:
    recipient.refresh_from_db()
    return recipient.answer, recipient.words


def test_a_reply_is_noted_once_and_counts_for_nothing_by_itself(recipient: Recipient) -> None:
    assert [note(recipient), note(recipient)] == [True, True]
    assert MailedAnswer.objects.get().words == WORDS
    assert given(recipient) == ("", "")
    assert Entry.objects.filter(fact="outreach.AnswerMailed").count() == 1


@pytest.mark.parametrize("named", ["", "<17.0123456789@centre.example>"])
def test_a_mail_that_names_no_letter_of_ours_is_no_answer(recipient: Recipient, named: str) -> None:
    assert note(recipient, answers=named) is False
    assert MailedAnswer.objects.count() == 0


def test_confirmed_it_is_the_recipients_answer(recipient: Recipient, place: Room) -> None:
    note(recipient)
    page = reverse("outreach:mailed", args=[recipient.dispatch_id])
    client = signed_in(account("Frieda", "editor"))
    assert WORDS in client.get(page).content.decode()
    decide = reverse("outreach:decide-mailed", args=[MailedAnswer.objects.get().pk])
    assert client.post(decide, {"answer": "used"})["Location"] == page
    assert given(recipient) == ("used", WORDS)
    assert client.post(decide, {"answer": "aside"}).status_code == 409


def test_laid_aside_it_counts_for_nothing(recipient: Recipient) -> None:
    note(recipient, sender="forged")
    client = signed_in(account("Frieda", "editor"))
    decide = reverse("outreach:decide-mailed", args=[MailedAnswer.objects.get().pk])
    client.post(decide, {"answer": "aside"})
    assert given(recipient) == ("", "")
    assert "Beiseitegelegt" in client.get(reverse("outreach:mailed", args=[recipient.dispatch_id])).content.decode()


def test_without_a_choice_nothing_is_decided(recipient: Recipient) -> None:
    note(recipient)
    client = signed_in(account("Frieda", "editor"))
    assert client.post(reverse("outreach:decide-mailed", args=[MailedAnswer.objects.get().pk])).status_code == 422
    assert MailedAnswer.objects.get().decided_at is None


def test_only_who_prepares_dispatches_reads_and_decides(recipient: Recipient) -> None:
    note(recipient)
    one = MailedAnswer.objects.get()
    page = reverse("outreach:mailed", args=[recipient.dispatch_id])
    assert signed_in(account("Frieda", "editor")).get(page).status_code == 200
    for who in (account("Sven", "researcher"), account("Nobody")):
        client = signed_in(who)
        assert client.get(page).status_code == 403
        assert client.post(reverse("outreach:decide-mailed", args=[one.pk]), {"answer": "used"}).status_code == 403
        with pytest.raises(NotYours):
            mailed.confirm(one, answer="used", account=who, at=AT)
    assert Client().get(page).status_code == 302
    assert given(recipient) == ("", "")


def test_two_who_decide_at_once_do_not_both(recipient: Recipient) -> None:
    note(recipient)
    one, who = MailedAnswer.objects.get(), account("Frieda", "editor")
    mailed.lay_aside(one, account=who, at=AT)
    with pytest.raises(NotNow):
        mailed.confirm(one, answer="used", account=who, at=AT)


def test_the_page_of_the_dispatch_says_what_waits(recipient: Recipient) -> None:
    note(recipient)
    shown = signed_in(account("Frieda", "editor")).get(reverse("outreach:dispatch", args=[recipient.dispatch_id]))
    assert "Eine wartet auf Bestätigung." in shown.content.decode()
