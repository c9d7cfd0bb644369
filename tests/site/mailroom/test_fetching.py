"""Fetching from a real mailbox, and the command a mail server pipes into."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nahtstelle.site.mailroom import imap
from nahtstelle.site.mailroom.imap import MailboxTrouble, fetch
from nahtstelle.site.mailroom.models import Mail, MailFile
from tests.site.conftest import NewCentre
from tests.site.mailroom.mail_writing import BY, Mailbox, imap_server, mail


@pytest.fixture
def mailbox(tmp_path: Path, settings: Any) -> Iterator[Mailbox]:
    with imap_server(tmp_path, settings) as box:
        yield box


@pytest.mark.django_db
def test_what_lies_in_the_mailbox_is_taken_and_moved(mailbox: Mailbox, now: datetime) -> None:
    mailbox.put(mail("Eins"), mail("Zwei"), mail("Urlaub", Auto_Submitted="auto-replied"))
    assert fetch(by=BY, at=now) == {"taken": 2, "automatic": 1}
    assert (mailbox.lying_in("INBOX"), mailbox.lying_in("Nahtstelle")) == (0, 3)
    assert fetch(by=BY, at=now) == {}
    assert sorted(Mail.objects.values_list("text", flat=True)) == ["Eins", "Urlaub", "Zwei"]


@pytest.mark.django_db
def test_a_server_that_speaks_tls_from_the_first_byte_is_fetched_from_as_well(
    tmp_path: Path, settings: Any, now: datetime
) -> None:
    with imap_server(tmp_path, settings, starttls=False) as mailbox:
        mailbox.put(mail("Eins"))
        assert fetch(by=BY, at=now) == {"taken": 1}
        assert mailbox.lying_in("Nahtstelle") == 1


@pytest.mark.django_db
def test_a_process_killed_between_taking_and_moving_takes_nothing_twice(
    mailbox: Mailbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.put(mail("Eins"))

    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(imap, "_move", killed)
        fetch(by=BY, at=now)
    assert (Mail.objects.count(), mailbox.lying_in("INBOX")) == (1, 1)
    assert fetch(by=BY, at=now) == {"known": 1}
    assert (Mail.objects.count(), mailbox.lying_in("INBOX"), mailbox.lying_in("Nahtstelle")) == (1, 0, 1)


@pytest.mark.django_db
def test_a_large_mail_comes_piece_by_piece_and_whole(
    mailbox: Mailbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "CHUNK", 1000)
    made = mail("Mit Anhang")
    made.add_attachment(b"%PDF-" + bytes(range(256)) * 40, maintype="application", subtype="pdf", filename="a.pdf")
    mailbox.put(made)
    assert fetch(by=BY, at=now) == {"taken": 1}
    assert MailFile.objects.get().size == 5 + 256 * 40


@pytest.mark.django_db
def test_a_mail_that_cannot_be_kept_stays_and_hinders_no_other(
    mailbox: Mailbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_file = mail("Mit Anhang")
    with_file.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    mailbox.put(with_file, mail("Ohne"))

    def full(self: Path, *args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(MailboxTrouble, match="1 mails could not be taken"):
        patch.setattr(Path, "mkdir", full)
        fetch(by=BY, at=now)
    assert (mailbox.lying_in("INBOX"), [one.text for one in Mail.objects.all()]) == (1, ["Ohne"])
    assert fetch(by=BY, at=now) == {"taken": 1}


@pytest.mark.django_db
def test_a_wrong_password_is_one_sentence(mailbox: Mailbox, now: datetime, settings: Any) -> None:
    settings.IMAP_PASSWORD = "falsch"
    with pytest.raises(MailboxTrouble, match="The mailbox at localhost cannot be used"):
        fetch(by=BY, at=now)


@pytest.mark.django_db
def test_a_server_nobody_vouches_for_gets_no_password(mailbox: Mailbox, now: datetime, settings: Any) -> None:
    mailbox.put(mail("Eins"))
    settings.IMAP_CA = ""
    with pytest.raises(MailboxTrouble, match="certificate"):
        fetch(by=BY, at=now)
    assert mailbox.lying_in("INBOX") == 1


@pytest.mark.django_db
def test_without_a_mailbox_nothing_is_done(now: datetime, settings: Any) -> None:
    settings.IMAP_HOST = ""
    assert fetch(by=BY, at=now) == {}


# --- the pipe ---


def piped(content: bytes, home: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NAHTSTELLE_", "DJANGO_SETTINGS"))}
    env |= {"NAHTSTELLE_HOME": str(home), "NAHTSTELLE_SECRET_KEY": "k" * 50, **environment}
    run = [sys.executable, "-m", "nahtstelle.site.cli"]
    return subprocess.run([*run, "mail", "take"], input=content, env=env, capture_output=True, timeout=120)


def test_a_mail_server_pipes_a_mail_in(tmp_path: Path, new_centre: NewCentre) -> None:
    shutil.copy(new_centre.file, tmp_path)
    done = piped(bytes(mail("Durch die Leitung")), tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, b"taken"), done.stderr
    again = piped(bytes(mail("Durch die Leitung")), tmp_path)
    assert (again.returncode, again.stdout.strip()) == (0, b"known")
    nothing = piped(b"", tmp_path)
    assert nothing.returncode == 65


def test_while_the_database_or_a_setting_is_out_of_order_the_mail_server_is_to_try_again(tmp_path: Path) -> None:
    no_tables = piped(bytes(mail()), tmp_path)
    assert (no_tables.returncode, b"should be tried again" in no_tables.stderr) == (75, True)
    no_secret = piped(bytes(mail()), tmp_path, NAHTSTELLE_SECRET_KEY="")
    assert (no_secret.returncode, b"NAHTSTELLE_SECRET_KEY" in no_secret.stderr) == (75, True)
