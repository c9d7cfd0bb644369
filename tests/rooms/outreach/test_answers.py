"""What comes back by signed link: from whom it was meant for, for as long as it is good, and nobody else's business."""

from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_url
from nahtstelle.register.people.models import Person
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outreach import counting
from nahtstelle.rooms.outreach.answer_links import GOOD_FOR, answer_token, recipient_of
from nahtstelle.rooms.outreach.models import Dispatch, LeftOut, Recipient
from nahtstelle.rooms.outreach.rules import ANSWERS_A_DAY
from tests.rooms.outreach.making import AT, TODAY, Room, answer, engage, person, send, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def recipient(place: Room) -> Recipient:
    """Mia, one of two on a list whose letters were written."""
    for name in ("Mia", "Noah"):
        engage(person(name), place.iq, place.saxony)
    return send(place).recipients.get(person__name="Mia")


def page_of(recipient: Recipient) -> str:
    """The address of the form, signed now: pages look at the clock."""
    return reverse("outreach:answer", args=[answer_token(recipient, at=timezone.now())])


def given(recipient: Recipient) -> tuple[str, str, datetime | None]:
    recipient.refresh_from_db()
    return recipient.answer, recipient.words, recipient.answered_at


# --- the link ---


def test_the_token_leads_to_its_recipient_until_its_last_day(recipient: Recipient) -> None:
    token = answer_token(recipient, at=AT)
    assert recipient_of(token, on=TODAY) == recipient
    assert recipient_of(token, on=TODAY + GOOD_FOR) == recipient
    assert recipient_of(token, on=TODAY + GOOD_FOR + timedelta(days=1)) is None


def test_a_forged_token_leads_nowhere(recipient: Recipient) -> None:
    token = answer_token(recipient, at=AT)
    other = answer_token(Recipient.objects.exclude(pk=recipient.pk).get(), at=AT)
    content, seal = token.rsplit(":", 1)
    for forged in (token[:-1], f"{other.rsplit(':', 1)[0]}:{seal}", content, f"{content}:{'A' * len(seal)}", "", "…"):
        assert recipient_of(forged, on=TODAY) is None


def test_a_token_for_something_else_leads_nowhere(recipient: Recipient) -> None:
    to_unsubscribe = unsubscribe_url(recipient.person, Subscription.LAW_LETTERS, at=AT).rstrip("/").rsplit("/", 1)[1]
    assert recipient_of(to_unsubscribe, on=TODAY) is None
    content = {"r": recipient.pk, "u": "2030-01-01"}
    meant_for = {
        salt: recipient_of(signing.Signer(salt=salt).sign_object(content), on=TODAY)
        for salt in ("nahtstelle.outreach.answer", "nahtstelle.notices.unsubscribe", "something.else")
    }
    assert list(meant_for.values()) == [recipient, None, None]


@pytest.mark.parametrize(
    "content", [{"r": 1}, {"u": "2030-01-01"}, {"r": "x", "u": "2030-01-01"}, {"r": 1, "u": "never"}, 7]
)
def test_a_token_with_nonsense_inside_leads_nowhere(db: None, content: object) -> None:
    assert recipient_of(signing.Signer(salt="nahtstelle.outreach.answer").sign_object(content), on=TODAY) is None


@pytest.mark.parametrize("token", ["x", "a:b", "%00", "a" * 2000])
def test_a_damaged_link_says_so(db: None, token: str) -> None:
    response = Client(headers={"accept-language": "de"}).get(f"/versand/antwort/{token}/")
    assert (response.status_code, response.context["title"]) == (404, "Dieser Link ist nicht gültig")


def test_an_expired_link_says_so_and_takes_no_answer(recipient: Recipient) -> None:
    old = timezone.now() - GOOD_FOR - timedelta(days=2)  # two: late in the evening summer time is a day ahead
    address = reverse("outreach:answer", args=[answer_token(recipient, at=old)])
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"answer": "used"}).status_code == 404
    assert given(recipient) == ("", "", None)
    assert Client().post(page_of(recipient), {"answer": "used"}).status_code == 200
    assert given(recipient)[0] == "used"


def test_the_link_of_somebody_erased_leads_nowhere(recipient: Recipient) -> None:
    address = page_of(recipient)
    recipient.person.delete()
    assert Client().get(address).status_code == 404


# --- the page ---


def test_opening_the_link_changes_nothing(recipient: Recipient) -> None:
    before = Entry.objects.count()
    address = page_of(recipient)
    for method in (Client().get, Client().head):
        assert method(f"{address}?a=used").status_code == 200
    assert given(recipient) == ("", "", None)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("query", "chosen"), [("", ""), ("?a=used", "used"), ("?a=nonsense", ""), ("?a=%00", "")])
def test_the_answer_chosen_in_the_letter_is_ticked(recipient: Recipient, query: str, chosen: str) -> None:
    response = Client().get(page_of(recipient) + query)
    assert response.context["form"].initial["answer"] == chosen


def test_what_was_answered_before_is_shown_to_be_changed(recipient: Recipient) -> None:
    answer(recipient, "passed_on", "An alle.")
    assert Client().get(page_of(recipient)).context["form"].initial == {"answer": "passed_on", "words": "An alle."}


def test_the_page_shows_the_published_text_and_nobody_else(place: Room, recipient: Recipient) -> None:
    page = Client().get(page_of(recipient)).content.decode()
    shown = {
        word: word in page
        for word in ("Rechtsinfo zur Duldung", "Mia", "Noah", "noah@example.org", "Emre", "Arbeitsstand")
    }
    assert shown == {
        "Rechtsinfo zur Duldung": True, "Mia": True, "Noah": False, "noah@example.org": False, "Emre": False,
        "Arbeitsstand": False,
    }  # fmt: skip


def test_the_page_is_kept_by_no_cache(recipient: Recipient) -> None:
    assert "no-store" in Client().get(page_of(recipient))["Cache-Control"]


# --- the answer ---


def test_an_answer_needs_no_account_and_bears_the_recipients_name(recipient: Recipient) -> None:
    response = Client().post(page_of(recipient), {"answer": "used", "words": " Drei Fälle geprüft. "})
    assert response.status_code == 200
    assert given(recipient)[:2] == ("used", "Drei Fälle geprüft.")
    entry = Entry.objects.get(fact="outreach.AnswerGiven")
    assert (entry.actor, entry.actor_label) == (f"person:{recipient.person_id}", "Mia")


def test_the_last_answer_counts(recipient: Recipient) -> None:
    answer(recipient, "read")
    answer(recipient, "used", "Doch.", at=AT + timedelta(hours=1))
    assert given(recipient) == ("used", "Doch.", AT + timedelta(hours=1))
    assert counting.fate_of(recipient.dispatch).answers == {
        "": 1, "read": 0, "used": 1, "passed_on": 0, "not_for_me": 0,
    }  # fmt: skip


def test_the_same_answer_twice_is_one(recipient: Recipient) -> None:
    answer(recipient, "read")
    answer(recipient, "read", at=AT + timedelta(hours=1))
    assert given(recipient)[2] == AT
    assert Entry.objects.filter(fact="outreach.AnswerGiven").count() == 1


@pytest.mark.parametrize("value", ["", "nonsense"])
def test_an_answer_is_one_of_those_offered(recipient: Recipient, value: str) -> None:
    with pytest.raises(Refusal):
        answer(recipient, value)
    assert Client().post(page_of(recipient), {"answer": value}).status_code == 422
    assert given(recipient) == ("", "", None)


def test_words_without_end_are_cut(recipient: Recipient) -> None:
    answer(recipient, "used", "x" * 9000)
    assert len(given(recipient)[1]) == 4000


def test_a_machine_that_changes_the_answer_without_end_is_stopped_for_the_day(recipient: Recipient) -> None:
    for number in range(ANSWERS_A_DAY):
        answer(recipient, "used", f"{number}")
    with pytest.raises(NotNow):
        answer(recipient, "used", "einmal zu viel")
    answer(recipient, "read", at=AT + timedelta(days=1, minutes=1))
    other = Recipient.objects.exclude(pk=recipient.pk).get()
    assert answer(other, "used").answer == "used"


def test_who_was_not_written_to_has_nothing_to_answer(place: Room) -> None:
    engage(person("Mia"), place.iq)
    waiting = submit(place).recipients.get()
    assert Client().get(page_of(waiting)).status_code == 409
    with pytest.raises(NotNow):
        answer(waiting)
    assert given(waiting) == ("", "", None)


def test_who_was_left_out_has_nothing_to_answer(recipient: Recipient) -> None:
    Recipient.objects.filter(pk=recipient.pk).update(left_out=LeftOut.BARRED, letter=None)
    with pytest.raises(NotNow):
        answer(Recipient.objects.get(pk=recipient.pk))


def test_an_answer_is_taken_also_after_the_text_was_withdrawn(recipient: Recipient) -> None:
    Output.objects.update(state=Output.State.WITHDRAWN)
    assert Client().post(page_of(recipient), {"answer": "read"}).status_code == 200
    assert given(recipient)[0] == "read"


# --- what is counted ---


def test_the_share_that_answered_is_of_those_written_to(place: Room) -> None:
    for name in ("A", "B", "C", "D"):
        engage(person(name), place.iq)
    Person.objects.filter(name="D").update(mail="")
    dispatch = send(place)
    answer(dispatch.recipients.get(person__name="A"))
    fate = counting.fate_of(dispatch)
    assert (fate.written, fate.answered, fate.answers[""]) == (3, 1, 2)


def test_letters_the_outbox_forgot_still_count_as_written(recipient: Recipient) -> None:
    answer(recipient)
    recipient.letter.delete()
    fate = counting.fate_of(Dispatch.objects.get())
    assert (fate.waiting, fate.forgotten, fate.written, fate.answered) == (1, 1, 2, 1)
