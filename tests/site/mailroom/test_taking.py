"""Where a mail belongs, and that nothing it contains does harm."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction

from nahtstelle.plumbing.files.actions import StorageTrouble, absolute, content_of, keep
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.actions import send_due_letters, write_letter
from nahtstelle.register.notices.models import Bounce, Letter
from nahtstelle.register.notices.posting import message_id_of
from nahtstelle.register.people.models import Account
from nahtstelle.site.mailroom.actions import assign, close, forget_old
from nahtstelle.site.mailroom.models import Mail, MailFile
from nahtstelle.site.mailroom.taking import Outcome, _own_words
from tests.register.notices.making import mail_server
from tests.rooms.outreach.making import engage, person, room, send
from tests.site.mailroom.mail_writing import BY, arrive, mail

pytestmark = pytest.mark.django_db


def test_a_mail_is_laid_into_the_inbox_once_however_often_it_arrives(now: datetime) -> None:
    assert [arrive(mail(), at=now) for _twice in range(2)] == [Outcome.TAKEN, Outcome.KNOWN]
    found = Mail.objects.get()
    assert (found.subject, found.from_name, found.from_address, found.text) == (
        "Frage zur Duldung", "Nora Neu", "nora@example.org", "Guten Tag, ich habe eine Frage.",
    )  # fmt: skip
    assert (found.kind, found.sender, found.closed_at) == ("person", "unverified", None)
    assert Entry.objects.filter(fact="mailroom.MailTaken").count() == 1


def test_mails_without_a_message_id_are_told_apart_by_what_they_contain(now: datetime) -> None:
    first, second = mail("Eins"), mail("Zwei")
    for one in (first, second):
        del one["Message-ID"]
    assert [arrive(one, at=now) for one in (first, first, second)] == [Outcome.TAKEN, Outcome.KNOWN, Outcome.TAKEN]


def test_a_sender_our_server_vouches_for_is_verified(now: datetime, settings: Any) -> None:
    settings.MAIL_TRUSTED_HOST = "mx.centre.example"
    arrive(mail(Authentication_Results="mx.centre.example; dmarc=pass header.from=example.org"), at=now)
    assert Mail.objects.get().sender == "verified"


def test_a_forged_sender_gets_no_rights_and_is_named_forged(now: datetime, settings: Any, ruth: Account) -> None:
    settings.MAIL_TRUSTED_HOST = "mx.centre.example"
    sender = f"Ruth <{ruth.mail}>"
    arrive(mail(sender=sender, Authentication_Results="mx.centre.example; dmarc=fail header.from=x"), at=now)
    found = Mail.objects.get()
    assert (found.sender, found.sender_why, found.kind, found.closed_at) == ("forged", "dmarc=fail", "person", None)
    (entry,) = Entry.objects.all()
    assert (entry.fact, entry.actor) == ("mailroom.MailTaken", "system:mailroom")


def test_what_machines_and_spam_write_is_kept_closed(now: datetime, settings: Any) -> None:
    settings.MAIL_TRUSTED_HOST = "mx.centre.example"
    assert arrive(mail("Bin im Urlaub", Auto_Submitted="auto-replied"), at=now) == Outcome.AUTOMATIC
    assert arrive(mail("Gewinn", X_Spam_Flag="YES"), at=now) == Outcome.SPAM
    assert set(Mail.objects.values_list("kind", "closed_at")) == {("automatic", now), ("spam", now)}


def test_anybody_may_write_a_mark_of_spam_but_only_ours_counts(now: datetime) -> None:
    assert arrive(mail(X_Spam_Flag="YES"), at=now) == Outcome.TAKEN


def test_a_bounce_goes_to_the_bounces(now: datetime, settings: Any) -> None:
    with mail_server(settings):
        letter = write_letter(key="x", to="weg@example.org", subject="x", text="x", language="de", by=BY, at=now)
        send_due_letters(by=BY, at=now)
    letter.refresh_from_db()
    report = (
        "From: MAILER-DAEMON@mx.example.org\nSubject: Undelivered Mail\nReturn-Path: <>\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nnot delivered\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; weg@example.org\nAction: failed\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {letter.message_id}\n\n--b--\n"
    )
    assert arrive(report.encode(), at=now) == Outcome.BOUNCE
    assert (Bounce.objects.get().hard, Mail.objects.count()) == (True, 0)
    letter.refresh_from_db()
    assert letter.state == Letter.State.BOUNCED


def test_a_bounce_of_no_letter_we_know_stays_readable(now: datetime) -> None:
    report = (
        b"From: MAILER-DAEMON@mx.example.org\nSubject: Undelivered Mail Returned to Sender\nMessage-ID: <r@mx>\n\n"
        b"<fremd@example.org>: 550 5.1.1 user unknown\n"
    )
    assert [arrive(report, at=now), arrive(report, at=now)] == [Outcome.BOUNCE, Outcome.KNOWN]
    assert (Mail.objects.get().kind, Mail.objects.get().closed_at) == ("automatic", now)
    assert [(one.to, one.hard) for one in Bounce.objects.all()] == [("fremd@example.org", False)]


def test_an_absence_note_to_a_letter_is_automatic_and_no_bounce(now: datetime) -> None:
    note = mail(
        "Ich bin bis Montag nicht im Haus.", subject="Abwesenheit", Auto_Submitted="auto-replied", Return_Path="<>"
    )
    assert arrive(note, at=now) == Outcome.AUTOMATIC
    assert Bounce.objects.count() == 0


def test_a_person_who_writes_of_numbers_is_no_bounce(now: datetime) -> None:
    assert arrive(mail("Der Kurs kostet 550 Euro, ist das richtig?"), at=now) == Outcome.TAKEN


@pytest.mark.parametrize(
    "raw", [b"\x00\xff\xfe\x00", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n--b", b"x" * 5000]
)
def test_a_broken_mail_is_kept_for_a_person_to_read(raw: bytes, now: datetime) -> None:
    assert arrive(raw, at=now) == Outcome.TAKEN
    assert Mail.objects.count() == 1


def test_nothing_is_nothing(now: datetime) -> None:
    assert arrive(b"  \n", at=now) == Outcome.EMPTY
    assert Mail.objects.count() == 0


def test_a_reply_to_a_dispatch_waits_there_for_a_person(now: datetime) -> None:
    place = room()
    engage(person("Mia"), place.iq, place.saxony)
    recipient = send(place).recipients.select_related("letter").get()
    assert recipient.letter is not None
    named = message_id_of(recipient.letter)
    Letter.objects.filter(pk=recipient.letter_id).update(message_id=named)
    reply = mail("Wir nutzen es.\n\nAm 23. November schrieb:\n> Guten Tag", subject="AW: Neues", In_Reply_To=named)
    assert [arrive(reply, at=now), arrive(reply, at=now)] == [Outcome.ANSWER, Outcome.KNOWN]
    noted = recipient.mailed.get()
    assert (noted.words, noted.from_address, noted.sender) == ("Wir nutzen es.", "nora@example.org", "unverified")
    assert (Mail.objects.get().kind, Mail.objects.get().closed_at) == ("answer", now)
    recipient.refresh_from_db()
    assert recipient.answer == ""


@pytest.mark.parametrize(
    "line",
    [
        "Am 23. November schrieb:",
        "Am 23.11.26 um 09:00 schrieb Nahtstelle <post@centre.example>:",
        "On Monday Ruth wrote:",
    ],
)
def test_of_a_reply_the_letter_quoted_below_it_is_left_out(line: str, now: datetime) -> None:
    assert _own_words(f"Wir nutzen es.\n\n{line}\nGuten Tag") == "Wir nutzen es."


# --- files ---


def with_file(name: str, content: bytes, maintype: str = "application", subtype: str = "octet-stream") -> Any:
    made = mail(f"Anbei {name}")
    made.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return made


def test_a_file_is_kept_and_comes_back_byte_for_byte(now: datetime) -> None:
    arrive(with_file("Übersicht.pdf", b"%PDF-1.7 Inhalt"), at=now)
    kept = MailFile.objects.get()
    assert kept.file is not None
    assert (kept.name, kept.refused, content_of(kept.file), kept.file.media_type) == (
        "Übersicht.pdf", "", b"%PDF-1.7 Inhalt", "application/pdf",
    )  # fmt: skip


def test_sixty_megabytes_are_named_and_refused_and_the_text_is_kept(now: datetime) -> None:
    big = with_file("Film.mp4", b"\x00" * (60 * 1024 * 1024), "video", "mp4")
    assert arrive(big, at=now) == Outcome.TAKEN
    kept = MailFile.objects.get()
    assert (kept.name, kept.refused, kept.file, Mail.objects.get().text) == (
        "Film.mp4",
        "too-large",
        None,
        "Anbei Film.mp4",
    )
    assert abs(kept.size / 1024 / 1024 - 60) < 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ"), ("Rechnung.pdf", b"MZ\x90"), ("Rechnung.pdf.exe", b"x"), ("seite.html", b"<script>"),
        ("bild.svg", b"<svg onload=x>"), ("liste.csv", b"#!/bin/sh"), ("ohne", b"x"), ("Brief.docx", b"kein Archiv"),
    ],
)  # fmt: skip
def test_what_a_computer_would_run_is_refused_by_name_and_by_content(name: str, content: bytes, now: datetime) -> None:
    arrive(with_file(name, content), at=now)
    assert (MailFile.objects.get().refused, KeptFile.objects.count()) == ("type", 0)


def test_a_full_disk_keeps_nothing_so_that_the_mail_comes_again(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, *args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(StorageTrouble):
        arrive(with_file("a.pdf", b"%PDF-"), at=now)
    assert Mail.objects.count() == 0
    monkeypatch.undo()
    assert arrive(with_file("a.pdf", b"%PDF-"), at=now) == Outcome.TAKEN


def test_a_file_is_kept_or_refused_and_never_both() -> None:
    one = Mail.objects.create(key="k", kind="person", sender="unverified", received_at="2026-11-23T09:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        MailFile.objects.create(mail=one, name="x", media_type="x", size=1, file=None, refused="")


# --- the end ---


def test_closed_mails_end_with_their_files_and_open_ones_later(
    now: datetime, ruth: Account, django_capture_on_commit_callbacks: Any
) -> None:
    arrive(with_file("a.pdf", b"%PDF-a"), at=now)
    arrive(mail("Noch offen"), at=now)
    closed = Mail.objects.get(text="Anbei a.pdf")
    close(mail=closed, why="Beantwortet", account=ruth, at=now)
    path = absolute(KeptFile.objects.get())
    kept = timedelta(days=django_settings.MAIL_KEPT_DAYS)
    assert forget_old(by=BY, at=now + kept - timedelta(days=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old(by=BY, at=now + kept + timedelta(days=1)) == 1
    assert (Mail.objects.get().text, KeptFile.objects.count(), path.exists()) == ("Noch offen", 0, False)
    assert forget_old(by=BY, at=now + 2 * kept + timedelta(days=1)) == 1


def test_a_file_that_another_mail_holds_as_well_stays(now: datetime, ruth: Account) -> None:
    arrive(with_file("a.pdf", b"%PDF-a"), at=now)
    arrive(with_file("b.pdf", b"%PDF-a"), at=now)
    close(mail=Mail.objects.get(text="Anbei a.pdf"), why="Beantwortet", account=ruth, at=now)
    forget_old(by=BY, at=now + timedelta(days=django_settings.MAIL_KEPT_DAYS + 1))
    assert KeptFile.objects.count() == 1
    assert keep(b"%PDF-a", media_type="application/pdf", at=now).pk == MailFile.objects.get().file_id


def test_a_mail_is_given_to_staff_only_and_they_are_told(
    now: datetime, ruth: Account, jana: Account, tariq: Account
) -> None:
    arrive(mail(), at=now)
    one = Mail.objects.get()
    assign(mail=one, to=jana.person, account=ruth, at=now)
    assert jana.person.notices.get().link == f"/post/{one.pk}/"
    with pytest.raises(Refusal):
        assign(mail=one, to=tariq.person, account=ruth, at=now)
