"""Reports as mail systems really write them, by the rule and against it."""

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.mails.bounces.codes import first_status, is_hard
from nahtstelle.engines.mails.bounces.reading import Report, read_report

OURS = "<17.0123456789abcdef01234567@centre.example>"

RETURNED = f"""\
From: Nahtstelle <nahtstelle@centre.example>
To: weg@example.org
Subject: =?utf-8?q?=C3=84nderung?=
Message-ID: {OURS}

§ 5.1.1 gilt nicht mehr; 550 Fälle.
"""


def dsn(fields: str, *, returned: str = RETURNED, words: str = "Your mail could not be delivered.") -> bytes:
    """A report after RFC 3464, as Postfix writes it."""
    report = MIMEMultipart("report", **{"report-type": "delivery-status"})
    report["From"] = "MAILER-DAEMON@mx.example.org"
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText(words, "plain", "utf-8"))
    status = MIMENonMultipart("message", "delivery-status")
    per_message = Message()
    per_message["Reporting-MTA"] = "dns; mx.example.org"
    per_recipient = Message()
    for line in fields.splitlines():
        name, _colon, value = line.partition(": ")
        per_recipient[name] = value
    status.set_payload([per_message, per_recipient])
    report.attach(status)
    part = MIMENonMultipart("text", "rfc822-headers")
    part.set_payload(returned, "utf-8")
    report.attach(part)
    return report.as_bytes()


def plain(words: str, **headers: str) -> bytes:
    mail = EmailMessage()
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail.as_bytes()


def test_an_encoded_subject_speaks_of_failure_as_well() -> None:
    found = read_report(
        b"From: =?utf-8?q?Zustelldienst_Nord?= <post@mx.example.org>\n"
        b"Subject: =?utf-8?b?VW56dXN0ZWxsYmFyOiBJaHJlIE5hY2hyaWNodA==?=\n\n<weg@example.org>: Empf\xc3\xa4nger abgelehnt\n"
    )
    assert (found.harmless, found.recipient) == (False, "weg@example.org")


UNKNOWN = """\
Final-Recipient: rfc822; weg@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <weg@example.org>: Recipient address rejected: User unknown"""


def test_a_report_by_the_rule_names_letter_address_status_and_reason() -> None:
    assert read_report(dsn(UNKNOWN)) == Report(
        harmless=False,
        hard=True,
        status="5.1.1",
        diagnostic="550 5.1.1 <weg@example.org>: Recipient address rejected: User unknown",
        recipient="weg@example.org",
        message_ids=(OURS,),
    )


def test_a_whole_returned_mail_names_the_letter_too() -> None:
    report = MIMEMultipart("report", **{"report-type": "delivery-status"})
    report.attach(MIMEText("failed"))
    inner = MIMENonMultipart("message", "rfc822")
    returned = EmailMessage()
    returned["Message-ID"] = OURS
    inner.set_payload([returned])
    report.attach(inner)
    assert read_report(report.as_bytes()).message_ids == (OURS,)


@pytest.mark.parametrize(
    ("status", "hard"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.2.1", True),
        ("5.4.4", True),
        ("5.2.2", False),
        ("5.3.4", False),
        ("5.7.1", False),
        ("5.6.0", False),
        ("4.4.7", False),
        ("4.2.2", False),
    ],
)
def test_only_a_wrong_address_closes_it(status: str, hard: bool) -> None:
    report = read_report(dsn(f"Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: {status}"))
    assert (report.harmless, report.hard, report.status) == (False, hard, status)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "Delayed"])
def test_a_delay_or_a_success_is_no_bounce(action: str) -> None:
    report = read_report(dsn(f"Final-Recipient: rfc822; a@example.org\nAction: {action}\nStatus: 4.0.0"))
    assert report == Report(harmless=True, message_ids=(OURS,))


def test_the_failure_counts_where_one_recipient_failed_and_one_did_not() -> None:
    fields = UNKNOWN.replace("Action: failed", "Action: failed")
    delivered = "Final-Recipient: rfc822; gut@example.org\nAction: delivered\nStatus: 2.0.0"
    raw = dsn(delivered).replace(b"Status: 2.0.0\n", b"Status: 2.0.0\n\n" + fields.encode() + b"\n")
    assert read_report(raw).recipient == "weg@example.org"


def test_a_status_missing_from_its_field_is_found_in_the_diagnostic() -> None:
    report = read_report(dsn("Action: failed\nDiagnostic-Code: smtp; 550 5.1.2 no such domain"))
    assert (report.status, report.hard) == ("5.1.2", True)


def test_fields_by_the_rule_in_a_mail_that_is_not() -> None:
    """Some systems write the fields into plain text."""
    words = "Undelivered\n\nFinal-Recipient: rfc822;weg@example.org\nAction: failed\nStatus: 5.1.1\n\n" + RETURNED
    report = read_report(plain(words, From="postmaster@example.org", Subject="failure"))
    assert (report.recipient, report.status, report.hard, report.message_ids) == (
        "weg@example.org",
        "5.1.1",
        True,
        (OURS,),
    )


EXIM = f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  weg@example.org
    host mx.example.org [192.0.2.4]
    SMTP error from remote mail server after RCPT TO:<weg@example.org>:
    550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

{RETURNED}"""

QMAIL = f"""\
Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<weg@example.org>:
192.0.2.4 does not like recipient.
Remote host said: 550 No such user
Giving up on 192.0.2.4.

--- Below this line is a copy of the message.

Return-Path: <nahtstelle@centre.example>
{RETURNED}"""

EXCHANGE = f"""\
Ihre Nachricht wurde nicht zugestellt.

weg@example.org
Die eingegebene E-Mail-Adresse wurde nicht gefunden.

mx.example.org gab folgenden Fehler zurueck:
#550 5.1.10 RESOLVER.ADR.RecipientNotFound ##rfc822;weg@example.org

Urspruengliche Nachrichtenkopfzeilen:

{RETURNED}"""


@pytest.mark.parametrize(
    ("words", "headers", "status"),
    [
        (
            EXIM,
            {"From": "Mail Delivery System <Mailer-Daemon@mx.example.org>", "X_Failed_Recipients": "weg@example.org"},
            "5.1.1",
        ),
        (QMAIL, {"From": "MAILER-DAEMON@mx.example.org", "Subject": "failure notice"}, ""),
        (EXCHANGE, {"From": "MicrosoftExchange329@example.org", "Subject": "Unzustellbar: Änderung"}, "5.1.10"),
    ],
)
def test_reports_in_free_words_are_understood(words: str, headers: dict[str, str], status: str) -> None:
    report = read_report(plain(words, **headers))
    assert (report.harmless, report.hard, report.status) == (False, True, status)
    assert (report.recipient, report.message_ids) == ("weg@example.org", (OURS,))


def test_the_words_of_the_returned_letter_are_not_taken_for_the_reason() -> None:
    """Our own letter speaks of "§ 5.1.1" and "550 Fälle"."""
    words = "Mailbox full.\n\n--- Original message follows ---\n" + RETURNED
    report = read_report(plain(words, From="postmaster@example.org", Subject="Undeliverable"))
    assert (report.status, report.diagnostic, report.hard) == ("", "", False)


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Abwesenheitsnotiz: Änderung", {}),
        ("Automatische Antwort: Änderung", {"Auto_Submitted": "auto-replied"}),
        ("Out of office", {"Precedence": "auto_reply"}),
        ("Re: Änderung", {"Auto_Submitted": "auto-replied (vacation)"}),
    ],
)
def test_an_absence_note_is_no_bounce(subject: str, headers: dict[str, str]) -> None:
    words = "Ich bin bis 4.12.2026 nicht da. Vertretung: Zimmer 450 bei Frau Kaya, Tel. 550 12."
    raw = plain(words, From="ayla@example.org", Subject=subject, In_Reply_To=OURS, **headers)
    assert read_report(raw) == Report(harmless=True, message_ids=(OURS,))


def test_a_person_who_answers_is_left_to_people() -> None:
    raw = plain(
        "Danke! Wir hatten 550 Euro angesetzt, bitte 5.1.1 prüfen.", From="ayla@example.org", Subject="Re: Änderung",
        In_Reply_To=OURS,
    )  # fmt: skip
    report = read_report(raw)
    assert (report.harmless, report.recipient, report.message_ids) == (False, "", ())


@pytest.mark.parametrize("kind", ["disposition-notification", "feedback-report"])
def test_a_receipt_or_a_complaint_is_no_bounce(kind: str) -> None:
    raw = (
        f'From: a@example.org\nContent-Type: multipart/report; report-type={kind}; boundary="x"\n\n--x\n\nread\n--x--\n'
    )
    assert read_report(raw.encode()).harmless is True


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe" * 50,
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nnonsense",
        b"Content-Type: text/plain; charset=klingon\nSubject: failure notice\n\n550 5.1.1 no such user \xff",
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Subject: " + b"=?utf-8?b?" * 5000,
    ],
)
def test_broken_mail_is_read_as_well_as_it_can_be(raw: bytes) -> None:
    assert isinstance(read_report(raw), Report)


def can_be_kept(report: Report) -> bool:
    """By any database: no NUL characters, no halves of surrogate pairs."""
    words = " ".join([report.status, report.diagnostic, report.recipient, *report.message_ids])
    return "\x00" not in words and words.encode().decode() == words


@given(st.binary(max_size=2000))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    assert can_be_kept(read_report(raw))


@given(st.binary(max_size=300), st.integers(0, 2000), st.integers(0, 40))
def test_no_damage_to_a_good_report_makes_it_fail(noise: bytes, place: int, length: int) -> None:
    good = dsn(UNKNOWN)
    assert can_be_kept(read_report(good[:place] + noise + good[place + length :]))


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "base64", "quoted-printable", "x-unknown"])
def test_odd_characters_in_a_report_can_be_kept(encoding: str) -> None:
    head = f"From: MAILER-DAEMON@x\nContent-Transfer-Encoding: {encoding}\nContent-Type: text/plain; charset=utf-16\n\n"
    for body in (b"550 5.1.1 a\x00b\xff", b"NTUwIDUuMS4xIGEAYv8=", b"550 5.1.1 a=00b=FF"):
        assert can_be_kept(read_report(head.encode() + body))


def test_a_report_cut_off_in_the_middle_still_says_what_it_said() -> None:
    good = dsn(UNKNOWN)
    cut = good[: good.index(b"User unknown")]
    assert (read_report(cut).status, read_report(cut).recipient) == ("5.1.1", "weg@example.org")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("550 5.1.1 unknown", "5.1.1"),
        ("(5.7.509)", "5.7.509"),
        ("host 5.1.1.7 said", ""),
        ("Stand 4.12.2026", ""),
        ("version 15.1.1", ""),
        ("ends with 5.2.1.", "5.2.1"),
    ],
)
def test_a_status_is_told_from_addresses_and_dates(text: str, status: str) -> None:
    assert first_status(text) == status


@pytest.mark.parametrize(
    ("diagnostic", "hard"), [("550 no", True), ("551 moved", True), ("552 full", False), ("", False), ("421", False)]
)
def test_without_a_status_the_reply_code_decides(diagnostic: str, hard: bool) -> None:
    assert is_hard("", diagnostic) is hard
