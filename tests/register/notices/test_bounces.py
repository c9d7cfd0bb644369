"""Mail that came back, from the bytes to the closed address."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
from django.core.management import call_command

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.actions import clear_address, note_bounce, send_due_letters, write_letter
from nahtstelle.register.notices.actions.bounces import Outcome
from nahtstelle.register.notices.models import Bounce, Letter, Notice
from nahtstelle.register.notices.queries import is_barred
from tests.register.cast import Cast
from tests.register.notices.making import SYSTEM, MailServer, make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(server: MailServer, now: datetime) -> Letter:
    letter = make_letter(at=now)
    send_due_letters(by=SYSTEM, at=now)
    letter.refresh_from_db()
    return letter


def report(letter: Letter, *, status: str = "5.1.1", action: str = "failed", message_id: str | None = None) -> bytes:
    return f"""\
From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; forwarded@elsewhere.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--b
Content-Type: text/rfc822-headers

Message-ID: {letter.message_id if message_id is None else message_id}
--b--
""".encode()


def note(raw: bytes, at: datetime) -> Outcome:
    return note_bounce(raw=raw, by=SYSTEM, at=at)


def test_a_letter_that_came_back_for_good_closes_the_address_it_was_sent_to(
    sent: Letter, people: Cast, now: datetime
) -> None:
    assert note(report(sent), now) == Outcome.BOUNCED
    sent.refresh_from_db()
    assert (sent.state, sent.trouble) == ("bounced", "5.1.1 550 5.1.1 no")
    bounce = Bounce.objects.get()
    assert (bounce.to, bounce.letter, bounce.hard, bounce.status) == ("reader1@example.org", sent, True, "5.1.1")
    assert is_barred("READER1@example.org")
    assert list(Notice.objects.values_list("person__name", "kind")) == [("Dilan", "notices.bounced")]


def test_a_letter_that_came_back_for_now_closes_nothing(sent: Letter, people: Cast, now: datetime) -> None:
    note(report(sent, status="4.2.2"), now)
    sent.refresh_from_db()
    assert sent.state == "bounced"
    assert not is_barred("reader1@example.org")
    assert Notice.objects.count() == 0


def test_a_delay_is_not_noted(sent: Letter, now: datetime) -> None:
    assert note(report(sent, action="delayed"), now) == Outcome.NO_BOUNCE
    sent.refresh_from_db()
    assert (sent.state, Bounce.objects.count()) == ("sent", 0)


def test_the_same_return_twice_is_noted_once(sent: Letter, now: datetime) -> None:
    note(report(sent), now)
    assert note(report(sent), now + timedelta(minutes=1)) == Outcome.KNOWN
    assert Bounce.objects.count() == 1


def test_a_forged_report_silences_nobody(sent: Letter, now: datetime) -> None:
    """Whoever does not know the Message-ID cannot close an address."""
    forged = report(sent, message_id=f"<{sent.pk}.000000000000000000000000@centre.example>").replace(
        b"forwarded@elsewhere.example", b"reader1@example.org"
    )
    assert note(forged, now) == Outcome.BOUNCED
    assert Bounce.objects.get().hard is False
    assert not is_barred("reader1@example.org")
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_mail_that_cannot_be_read_is_left_to_people(people: Cast, now: datetime) -> None:
    raw = b"From: somebody@example.org\nSubject: hello\n\n\x00\xff what is this?"
    assert note(raw, now) == Outcome.UNREADABLE
    assert Entry.objects.filter(fact="notices.BounceNotUnderstood").count() == 1
    assert list(Notice.objects.values_list("person__name", "kind")) == [("Dilan", "notices.bounce-unread")]


def test_a_closed_address_is_written_to_again_after_it_was_cleared(sent: Letter, now: datetime) -> None:
    note(report(sent), now)
    assert clear_address(address="Reader1@example.org", by=SYSTEM, at=now) == 1
    assert make_letter(2, at=now, to="reader1@example.org").state == "queued"
    assert Entry.objects.filter(fact="notices.AddressCleared").count() == 1


def test_another_address_of_the_same_person_is_open(sent: Letter, now: datetime) -> None:
    note(report(sent), now)
    assert make_letter(3, at=now, to="reader1@new.example").state == "queued"


def test_a_bounce_is_in_the_trail_of_its_letter(sent: Letter, now: datetime) -> None:
    note(report(sent), now)
    last = Entry.objects.filter(touches__kind="notices.letter", touches__object_id=sent.pk).order_by("-id").first()
    assert last is not None
    assert (last.fact, last.payload["hard"]) == ("notices.LetterBounced", True)


@pytest.mark.parametrize("address", ["", "no address", "a@b@c.de", "a@b\r\nBcc: x@y.de", "ä" * 300 + "@example.org"])
def test_what_is_no_address_gets_no_letter(now: datetime, address: str) -> None:
    with pytest.raises(NotNow, match=r"."):
        write_letter(key="k", to=address, subject="s", text="t", language="de", by=SYSTEM, at=now)


def test_the_command_reads_a_mail_from_standard_input(
    sent: Letter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(report(sent))))
    call_command("receive_bounce")
    assert capsys.readouterr().out == "bounced\n"
    assert Bounce.objects.count() == 1


def test_the_command_tells_the_mail_server_to_try_again_while_the_database_is_away(tmp_path: Any, root: Any) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "django", "receive_bounce"],
        input=b"Subject: failure notice\nFrom: MAILER-DAEMON@x.example\n\n<a@b.example>: 550 5.1.1 no",
        capture_output=True,
        cwd=root,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "nahtstelle.site.settings",
            "NAHTSTELLE_DEMO": "1",
            "NAHTSTELLE_HOME": str(tmp_path),
            "NAHTSTELLE_DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/gone.sqlite3",
        },
        timeout=60,
    )
    assert run.returncode == 75
