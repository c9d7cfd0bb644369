"""Reading mails: texts, senders, machines, attachments, and what is too large or broken."""

import io
import tracemalloc
from base64 import encodebytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.mails.cutting import cut
from nahtstelle.engines.mails.reading import read_mail
from nahtstelle.engines.mails.values import Incoming, Kind, Sender

HOST = "mx.example.org"


def mail(text: str = "Guten Tag", **headers: str) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = headers.pop("From", "Nora Neu <nora@example.org>")
    made["Subject"] = headers.pop("Subject", "Frage")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def read(raw: bytes, **how: int) -> Incoming:
    return read_mail(cut(io.BytesIO(raw), **how), trusted_host=HOST)


def test_a_plain_mail_is_read() -> None:
    found = read(
        bytes(mail("Grüße aus Köln", Message_ID="<a@b>", Subject="Anfrage für Übung", To="post@centre.example"))
    )
    assert (found.message_id, found.subject, found.from_name, found.from_address) == (
        "<a@b>",
        "Anfrage für Übung",
        "Nora Neu",
        "nora@example.org",
    )
    assert (found.text, found.to, found.kind, found.sender) == (
        "Grüße aus Köln",
        "post@centre.example",
        Kind.PERSON,
        Sender.UNVERIFIED,
    )


def test_html_alone_gives_its_words_and_no_script() -> None:
    made = mail()
    made.set_content("<style>p{}</style><p>Guten <b>Tag</b></p><p>Zweiter</p><script>alert(1)</script>", subtype="html")
    assert read(bytes(made)).text.split("\n") == ["Guten Tag", "Zweiter"]


def test_plain_text_is_preferred_to_html() -> None:
    made = mail("Einfach")
    made.add_alternative("<p>Bunt</p>", subtype="html")
    assert read(bytes(made)).text == "Einfach"


def test_attachments_come_with_name_type_and_content() -> None:
    made = mail()
    made.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="Übersicht.pdf")
    (one,) = read(bytes(made)).attached
    assert (one.name, one.media_type, one.size, one.content) == ("Übersicht.pdf", "application/pdf", 10, b"%PDF-1.7 x")


def test_a_mail_that_hangs_on_a_mail_is_kept_as_one_file() -> None:
    made = mail("Siehe die Mail im Anhang.")
    inner = mail("Weitergeleitet", Subject="Alte Frage")
    inner.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="drin.pdf")
    made.add_attachment(inner, filename="frage.eml")
    found = read(bytes(made))
    (one,) = found.attached
    assert (found.text, one.name, one.media_type) == ("Siehe die Mail im Anhang.", "frage.eml", "message/rfc822")
    assert one.content is not None and b"Subject: Alte Frage" in one.content and b"drin.pdf" in one.content


def test_of_a_multipart_whose_boundary_is_missing_the_words_are_read() -> None:
    raw = b"From: nora@example.org\r\nContent-Type: multipart/mixed\r\n\r\n--grenze\r\n\r\nGuten Tag\r\n--grenze--\r\n"
    assert "Guten Tag" in read(raw).text


def test_an_attachment_that_is_too_large_is_named_and_everything_around_it_read() -> None:
    made = mail("Der Text bleibt.")
    made.add_attachment(b"x" * 50_000, maintype="video", subtype="mp4", filename="gross.mp4")
    made.add_attachment(b"klein", maintype="text", subtype="csv", filename="klein.csv")
    found = read(bytes(made), part_most=20_000)
    assert found.text == "Der Text bleibt."
    assert [(one.name, one.content) for one in found.attached] == [("gross.mp4", None), ("klein.csv", b"klein")]
    assert abs(found.attached[0].size - 50_000) < 2_000


def test_sixty_megabytes_pass_by_without_being_held() -> None:
    size = 60 * 1024 * 1024
    made = mail("Der Text bleibt.")
    made.add_attachment(b"HIER", maintype="video", subtype="mp4", filename="gross.mp4", cte="base64")
    head, tail = bytes(made).split(b"SElFUg==")
    line = encodebytes(b"x" * 57)

    class Stream(io.RawIOBase):
        """A mail that nobody has in memory."""

        def __init__(self) -> None:
            self.left = size * 4 // 3 // len(line)
            self.before, self.after = io.BytesIO(head), io.BytesIO(tail)

        def readline(self, size: int | None = -1) -> bytes:  # type: ignore[override] # the stubs differ
            if said := self.before.readline():
                return said
            if self.left:
                self.left -= 1
                return line
            return self.after.readline()

    tracemalloc.start()
    found = read_mail(cut(Stream()))  # type: ignore[arg-type] # only readline is asked of it
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.text, found.attached[0].content) == ("Der Text bleibt.", None)
    assert abs(found.attached[0].size - size) < size / 20
    assert most < size  # far below; never twice


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, Kind.PERSON),
        ({"Auto_Submitted": "no"}, Kind.PERSON),
        ({"Auto_Submitted": "auto-replied"}, Kind.AUTOMATIC),
        ({"Precedence": "bulk"}, Kind.AUTOMATIC),
        ({"List_Id": "<l.example.org>"}, Kind.AUTOMATIC),
        ({"Return_Path": "<>"}, Kind.AUTOMATIC),
        ({"X_Spam_Flag": "YES"}, Kind.SPAM),
    ],
)
def test_machines_are_recognised(headers: dict[str, str], kind: Kind) -> None:
    assert read(bytes(mail(**headers))).kind is kind


@pytest.mark.parametrize(
    ("result", "sender"),
    [
        ("mx.example.org; dmarc=pass header.from=example.org", Sender.VERIFIED),
        ("mx.example.org; dkim=pass header.d=example.org", Sender.VERIFIED),
        ("MX.example.org 1; spf=pass (ok) smtp.mailfrom=bounce@example.org", Sender.VERIFIED),
        ("mx.example.org; dkim=pass header.d=evil.example", Sender.UNVERIFIED),
        ("mx.example.org; dkim=pass header.d=org", Sender.UNVERIFIED),
        ("mx.example.org; dkim=none; spf=none", Sender.UNVERIFIED),
        ("mx.example.org; dkim=fail; spf=softfail smtp.mailfrom=example.org", Sender.FORGED),
        ("mx.example.org; dkim=pass header.d=evil.example; dmarc=fail header.from=example.org", Sender.FORGED),
        ("other.example; dmarc=pass header.from=example.org", Sender.UNVERIFIED),
        ("mx.example.org.evil.example; dmarc=pass", Sender.UNVERIFIED),
    ],
)
def test_only_the_trusted_server_vouches_for_a_sender(result: str, sender: Sender) -> None:
    assert read(bytes(mail(Authentication_Results=result))).sender is sender


def test_of_several_words_of_the_trusted_server_the_first_counts() -> None:
    raw = (
        b"Authentication-Results: mx.example.org; dmarc=fail\r\nAuthentication-Results: mx.example.org; dmarc=pass\r\n"
        + bytes(mail())
    )
    assert read(raw).sender is Sender.FORGED


def test_replies_name_what_they_answer() -> None:
    found = read(bytes(mail(In_Reply_To="<eins@x>", References="<null@x> <eins@x>")))
    assert found.answers == ("<eins@x>", "<null@x>")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"kein Kopf",
        b"Content-Type: multipart/mixed\r\n\r\n--",
        b"Subject: =?xx?q?a?=\r\n\r\n\xe4",
    ],
)
def test_broken_mails_are_read_as_well_as_they_can_be(raw: bytes) -> None:
    assert isinstance(read(raw).text, str)


def test_a_header_whose_encoding_is_broken_costs_the_mail_nothing_else() -> None:
    found = read(b"From: nora@example.org\r\nSubject: =?utf-8?b?A?=\r\n\r\nGuten Tag\r\n")
    assert (found.broken, found.subject, found.text) == (False, "=?utf-8?b?A?=", "Guten Tag")


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_nothing_makes_reading_fail(raw: bytes) -> None:
    found = read(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + raw)
    assert "\x00" not in found.text + found.subject + found.from_address


def test_beyond_what_is_kept_of_the_whole_every_file_is_still_named() -> None:
    made = mail("Der Text bleibt.")
    for number in range(6):
        made.add_attachment(b"x" * 9_000, maintype="image", subtype="png", filename=f"bild-{number}.png")
    found = read(bytes(made), whole_most=30_000)
    assert found.text == "Der Text bleibt."
    assert [one.name for one in found.attached] == [f"bild-{number}.png" for number in range(6)]
    assert [one.content is None for one in found.attached] == [False, False, True, True, True, True]
    assert all(abs(one.size - 9_000) < 500 for one in found.attached)


def test_beyond_what_is_kept_a_mail_within_the_mail_loses_no_part_behind_it() -> None:
    inner = mail("Weitergeleitet")
    inner.add_attachment(b"x" * 9_000, maintype="image", subtype="png", filename="drin.png")
    made = mail("Der Text bleibt.")
    made.add_attachment(b"y" * 9_000, maintype="image", subtype="png", filename="bild.png")
    made.add_attachment(inner, filename="frage.eml")
    made.add_attachment(b"z" * 9_000, maintype="image", subtype="png", filename="dahinter.png")
    found = read(bytes(made), whole_most=5_000)
    assert [one.name for one in found.attached] == ["bild.png", "frage.eml", "dahinter.png"]


def test_headings_without_end_are_not_held() -> None:
    raw = b"Subject: x\r\n" + b"X-Lang: " + b"y" * 1000 + b"\r\n"
    kept = sum(len(line) for line in cut(io.BytesIO(raw * 30_000)))
    assert kept < 20 * 1024 * 1024 < len(raw * 30_000)


def slowly_cut(raw: bytes, most: int) -> list[bytes]:
    """The twin: the whole mail in memory, split at its one boundary ``b``."""
    parts, current = [], b""
    for line in raw.splitlines(keepends=True):
        if line.startswith(b"--b") and parts is not None:
            parts.append(current)
            current = b""
        current += line
    parts.append(current)
    return [part for part in parts if len(part) <= most]


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=8), st.integers(0, 500), st.integers(0, 1000))
def test_every_boundary_and_heading_is_passed_on_however_little_is_kept(
    sizes: list[int], part_most: int, whole_most: int
) -> None:
    parts = b"".join(b"--b\nX-Number: %d\n\n%s\n" % (number, b"x" * size) for number, size in enumerate(sizes))
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n"
    kept = b"".join(cut(io.BytesIO(raw), part_most=part_most, whole_most=whole_most))
    assert kept.count(b"--b\n") == len(sizes) and b"--b--\n" in kept
    assert all(b"X-Number: %d\n\n" % number in kept for number in range(len(sizes)))


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300).map(lambda b: b.hex().encode()), min_size=1, max_size=6))
def test_parts_that_fit_are_passed_on_unchanged(bodies: list[bytes]) -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n"
        + b"".join(b"--b\n\n" + body + b"\n" for body in bodies)
        + b"--b--\n"
    )
    kept = b"".join(cut(io.BytesIO(raw), part_most=200))
    assert all(part in kept for part in slowly_cut(raw, 200))
    if all(len(part) <= 200 for part in raw.split(b"--b")):
        assert kept == raw
