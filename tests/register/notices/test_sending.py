"""Letters and a real SMTP server: taken, refused, put off, hanging, gone."""

import socket
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.actions import forget_old_letters, retry_letter, send_due_letters
from nahtstelle.register.notices.actions.sending import LEASE, LONGEST_PAUSE, PATIENCE, Round, pause_after
from nahtstelle.register.notices.models import Bounce, Letter, Notice
from nahtstelle.register.notices.posting import message_id_of
from tests.ports import free_port
from tests.register.cast import Cast
from tests.register.notices.making import SYSTEM, MailServer, make_letter, point_at

pytestmark = pytest.mark.django_db


def send(at: datetime, **how: Any) -> Round:
    return send_due_letters(by=SYSTEM, at=at, **how)


def standing(letter: Letter) -> tuple[str, int, str]:
    letter.refresh_from_db()
    return letter.state, letter.attempts, letter.trouble


def test_a_letter_arrives_with_its_words_and_its_message_id(server: MailServer, now: datetime) -> None:
    letter = make_letter(
        at=now, html="<p>Grüße aus <b>Köln</b></p>", headers={"List-Unsubscribe": "<https://x.example/a>"}
    )
    assert send(now) == Round(sent=1)
    ((to, mail),) = server.received
    assert to == ["reader1@example.org"]
    assert mail["Subject"] == "Änderung im Aufenthaltsrecht"
    assert mail["From"] == "Nahtstelle <nahtstelle@centre.example>"
    assert mail["Message-ID"] == message_id_of(letter)
    assert mail["List-Unsubscribe"] == "<https://x.example/a>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "de"
    assert mail.get_body(("plain",)).get_content().strip() == "Grüße aus Köln"
    assert mail.get_body(("html",)).get_content().strip() == "<p>Grüße aus <b>Köln</b></p>"
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.message_id) == ("sent", now, mail["Message-ID"])


def test_a_letter_is_sent_once(server: MailServer, now: datetime) -> None:
    make_letter(at=now)
    send(now)
    assert send(now + timedelta(days=1)) == Round()
    assert len(server.received) == 1


def test_sending_is_in_the_trail_of_the_letter(server: MailServer, now: datetime) -> None:
    letter = make_letter(at=now)
    send(now)
    facts = Entry.objects.filter(touches__kind="notices.letter", touches__object_id=letter.pk).order_by("id")
    assert list(facts.values_list("fact", flat=True)) == ["notices.LetterWritten", "notices.LetterSent"]


def test_a_letter_waits_for_its_moment(server: MailServer, now: datetime) -> None:
    make_letter(at=now + timedelta(hours=1))
    assert send(now) == Round()


def test_without_a_mail_server_letters_stay_in_the_outbox(settings: Any, now: datetime) -> None:
    settings.EMAIL_HOST = ""
    letter = make_letter(at=now)
    assert send(now) == Round()
    assert standing(letter) == ("queued", 0, "")


def test_a_refused_letter_is_given_up_with_the_servers_words(server: MailServer, people: Cast, now: datetime) -> None:
    server.answers["reader1@example.org"] = "550 5.7.1 we take nothing from you"
    letter, other = make_letter(1, at=now), make_letter(2, at=now)
    assert send(now) == Round(sent=1, given_up=1)
    assert standing(letter) == ("failed", 1, "550 5.7.1 we take nothing from you")
    assert standing(other)[0] == "sent"
    assert Bounce.objects.count() == 0


def test_operators_learn_of_a_letter_given_up(server: MailServer, people: Cast, now: datetime) -> None:
    server.answers["reader1@example.org"] = "550 5.7.1 no"
    make_letter(at=now)
    send(now)
    assert list(Notice.objects.values_list("person__name", "kind")) == [("Dilan", "notices.letter-lost")]


def test_an_operator_is_not_told_that_they_cannot_be_told(server: MailServer, people: Cast, now: datetime) -> None:
    server.answers[people.dilan.mail] = "550 5.7.1 no"
    make_letter(at=now, to=people.dilan.mail, person=people.dilan)
    send(now)
    assert Notice.objects.count() == 0


def test_an_address_the_server_does_not_know_gets_no_more_letters(server: MailServer, now: datetime) -> None:
    server.answers["reader1@example.org"] = "550 5.1.1 no such user"
    letter = make_letter(at=now)
    send(now)
    bounce = Bounce.objects.get()
    assert (bounce.to, bounce.hard, bounce.status, bounce.letter) == ("reader1@example.org", True, "5.1.1", letter)
    server.answers.clear()
    second = make_letter(2, at=now, to="Reader1@Example.org")
    assert second.state == "failed"
    assert send(now) == Round()


def test_a_letter_written_before_its_address_was_closed_is_not_sent(server: MailServer, now: datetime) -> None:
    letter = make_letter(at=now)
    Bounce.objects.create(to="reader1@example.org", hard=True, at=now)
    assert send(now) == Round(given_up=1)
    assert standing(letter)[0] == "failed"
    assert server.received == []


def test_a_greylisted_letter_is_tried_again_after_a_pause(server: MailServer, now: datetime) -> None:
    server.answers["reader1@example.org"] = "451 4.7.1 greylisted, come back"
    letter, other = make_letter(1, at=now), make_letter(2, at=now)
    assert send(now) == Round(sent=1, put_off=1)
    assert standing(letter) == ("queued", 1, "451 4.7.1 greylisted, come back")
    assert standing(other)[0] == "sent"
    server.answers.clear()
    assert send(now + timedelta(seconds=59)) == Round()
    assert send(now + timedelta(minutes=1)) == Round(sent=1)
    assert standing(letter) == ("sent", 2, "")


def test_a_letter_put_off_too_often_is_given_up(server: MailServer, now: datetime) -> None:
    server.answers["reader1@example.org"] = "450 4.2.2 mailbox full"
    letter = make_letter(at=now)
    at = now
    for _attempt in range(PATIENCE):
        send(at)
        at += LONGEST_PAUSE
    assert standing(letter) == ("failed", PATIENCE, "450 4.2.2 mailbox full")


def test_patience_with_a_letter_lasts_about_two_days() -> None:
    waited = sum((pause_after(attempts) for attempts in range(1, PATIENCE)), timedelta())
    assert timedelta(days=1.5) < waited < timedelta(days=2.5)


def test_a_letter_whose_content_is_refused_is_given_up(server: MailServer, now: datetime) -> None:
    server.data_answer = "554 5.6.0 we do not like your words"
    letter = make_letter(at=now)
    assert send(now) == Round(given_up=1)
    assert standing(letter) == ("failed", 1, "554 5.6.0 we do not like your words")


def test_a_server_that_is_down_costs_no_letter_an_attempt(settings: Any, people: Cast, now: datetime) -> None:
    point_at(settings, free_port())
    letters = [make_letter(number, at=now) for number in range(3)]
    done = send(now)
    assert done.trouble.startswith("ConnectionRefusedError")
    assert [standing(letter)[:2] for letter in letters] == [("queued", 0)] * 3
    assert standing(letters[0])[2] == done.trouble


def test_operators_learn_once_a_day_that_the_server_is_down(settings: Any, people: Cast, now: datetime) -> None:
    point_at(settings, free_port())
    make_letter(at=now)
    for hours in (0, 1, 2, 24):
        send(now + timedelta(hours=hours))
    assert list(Notice.objects.values_list("person__name", "kind")) == [("Dilan", "notices.mail-server")] * 2


def test_a_server_that_says_nothing_does_not_hold_the_letters_for_ever(settings: Any, now: datetime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        point_at(settings, mute.getsockname()[1])
        letter = make_letter(at=now)
        done = send(now)
    assert done.trouble
    assert standing(letter)[:2] == ("queued", 0)


def test_a_server_that_hangs_over_one_letter_lets_the_others_pass_next_time(
    settings: Any, server: MailServer, now: datetime
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    server.hang_after_data = 0.8
    slow, other = make_letter(1, at=now), make_letter(2, at=now)
    assert send(now).trouble
    assert standing(slow)[:2] == ("queued", 1)
    server.hang_after_data = 0.0
    server.received.clear()
    assert send(now + timedelta(seconds=1)).sent == 1
    assert standing(other)[0] == "sent"


def test_a_server_that_closes_down_ends_the_round(server: MailServer, now: datetime) -> None:
    server.answers["reader1@example.org"] = "421 4.3.2 closing"
    letter, other = make_letter(1, at=now), make_letter(2, at=now)
    assert send(now).trouble == "421 4.3.2 closing"
    assert standing(letter)[:2] == ("queued", 1)
    assert standing(other)[:2] == ("queued", 0)


def test_a_letter_claimed_by_a_killed_process_is_sent_after_the_lease(server: MailServer, now: datetime) -> None:
    """At least once: it may have gone out already; then both copies bear the same Message-ID."""
    letter = make_letter(at=now)
    Letter.objects.update(state="sending", claimed_at=now)
    assert send(now + LEASE - timedelta(seconds=1)) == Round()
    assert send(now + LEASE) == Round(sent=1)
    assert server.received[0][1]["Message-ID"] == message_id_of(letter)


def test_two_letters_differ_in_their_message_id_and_one_keeps_it(now: datetime) -> None:
    one, two = make_letter(1, at=now), make_letter(2, at=now)
    assert message_id_of(one) == message_id_of(Letter.objects.get(pk=one.pk))
    assert message_id_of(one) != message_id_of(two)


@pytest.mark.django_db(transaction=True)
def test_two_processes_send_each_letter_once(server: MailServer, now: datetime) -> None:
    for number in range(30):
        make_letter(number, at=now)

    def other_process() -> None:
        send(now)
        connection.close()

    other = threading.Thread(target=other_process)
    other.start()
    send(now)
    other.join()
    assert sorted(to for (to,), _mail in server.received) == sorted(f"reader{n}@example.org" for n in range(30))


def test_no_more_than_asked_for_is_sent(server: MailServer, now: datetime) -> None:
    for number in range(5):
        make_letter(number, at=now)
    assert send(now, most=3) == Round(sent=3)


def test_a_subject_cannot_smuggle_in_a_header(server: MailServer, now: datetime) -> None:
    make_letter(at=now, subject="Neu\r\nBcc: all@example.org\n", headers={"X-Note": "a\r\nBcc: b@example.org"})
    send(now)
    ((to, mail),) = server.received
    assert (to, mail["Subject"], mail["Bcc"]) == (["reader1@example.org"], "Neu Bcc: all@example.org", None)


def test_a_letter_given_up_is_sent_after_an_operator_retries_it(server: MailServer, now: datetime) -> None:
    server.answers["reader1@example.org"] = "550 5.7.1 no"
    letter = make_letter(at=now)
    send(now)
    server.answers.clear()
    retry_letter(letter=letter, by=SYSTEM, at=now)
    assert send(now) == Round(sent=1)


def test_letters_of_more_than_a_year_ago_are_removed_unless_they_still_wait(server: MailServer, now: datetime) -> None:
    make_letter(1, at=now)
    send(now)
    make_letter(2, at=now)
    make_letter(3, at=now + timedelta(days=2))
    assert forget_old_letters(by=SYSTEM, at=now + timedelta(days=366)) == 1
    assert sorted(Letter.objects.values_list("key", flat=True)) == ["letter-2", "letter-3"]
    assert Entry.objects.filter(fact="notices.LettersForgotten").count() == 1
