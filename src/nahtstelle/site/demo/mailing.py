"""The mails that came in in the demo's past: written as a mail server hands them over, taken like any other."""

import io
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from zlib import crc32

from nahtstelle.register.notices.replying import reply_address
from nahtstelle.rooms.outreach.models import Recipient
from nahtstelle.rooms.outreach.replying import DISPATCH

from ..mailroom import actions
from ..mailroom.models import Mail
from ..mailroom.taking import take
from .company import HEAD, Company
from .moments import BY

SERVER, ADDRESS = "mx.fachstelle.example.org", "post@fachstelle.example.org"
VERDICTS = {"verified": "dmarc=pass", "unverified": "dmarc=none", "forged": "dmarc=fail"}
INVENTED = "\n-- \nErfundene Nachricht der Demo / Invented message of the demo\n"


def arrive(row: dict[str, Any], company: Company, *, at: datetime) -> None:
    """One mail of ``story/mails.yaml`` comes in, is perhaps given to somebody and closed."""
    written = _written(row, at=at)
    take(io.BytesIO(written.as_bytes()), by=BY, at=at, trusted_host=SERVER)
    mail = Mail.objects.latest("id")
    head = company.accounts[HEAD]
    if "assigned_to" in row:
        mail = actions.assign(mail=mail, to=company.accounts[row["assigned_to"]].person, account=head, at=at)
    if "closed" in row:
        actions.close(mail=mail, why=row["closed"], account=company.accounts[row["assigned_to"]], at=at)


def _written(row: dict[str, Any], *, at: datetime) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    if "sender" in row:
        domain = row["from"].rstrip(">").rpartition("@")[2]
        mail["Authentication-Results"] = f"{SERVER}; {VERDICTS[row['sender']]} header.from={domain}"
    mail["From"], mail["To"], mail["Subject"] = row["from"], _address(row, at=at), row["subject"]
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{at:%Y%m%d}.{crc32(row['subject'].encode())}@{SERVER}>"
    if row.get("automatic"):
        mail["Auto-Submitted"] = "auto-replied"
    if "returned_to" in row:
        mail["Return-Path"], mail["X-Failed-Recipients"] = "<>", row["returned_to"]
    mail.set_content(row["text"] + INVENTED)
    for file in row.get("files", ()):
        mail.add_attachment(
            file["text"].encode(), maintype="application", subtype="octet-stream", filename=file["name"]
        )
    return mail


def _address(row: dict[str, Any], *, at: datetime) -> str:
    """The centre's; for an answer the one that the letter gave to its reader."""
    if "answers" not in row:
        return ADDRESS
    letters = Recipient.objects.filter(dispatch__bulletin__slug=row["answers"]["bulletin"])
    number = letters.get(person__slug=row["answers"]["person"]).pk
    return reply_address(ADDRESS, DISPATCH, number, at=at)
