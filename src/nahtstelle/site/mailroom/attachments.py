"""Which files of a mail are kept: by size, by name, and by what they begin with. Nothing a computer would run."""

from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings

from nahtstelle.engines.mails.values import Attached
from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.files.media_types import DOCX, XLSX

from .models import Mail, MailFile

Refused = MailFile.Refused

# Ending → media type it is served with, whatever the mail said.
TAKEN = {
    "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv", "ics": "text/calendar", "eml": "message/rfc822",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation", "rtf": "application/rtf",
    "docx": DOCX, "xlsx": XLSX,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip
BEGINS = {
    "pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG", "gif": b"GIF8", "rtf": b"{\\rtf",
    **dict.fromkeys(("odt", "ods", "odp", "docx", "xlsx", "pptx"), b"PK\x03\x04"),
}  # fmt: skip
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def take(mail: Mail, attached: Attached, *, at: datetime) -> MailFile:
    """Keep the file, or its name with the reason for which it was refused.

    Raises ``StorageTrouble`` where the disk is full: the mail server then keeps the mail and tries again.
    """
    name, ending = _named(attached)
    refused = why_not(name, ending, attached)
    kept = None
    if not refused and attached.content is not None:
        kept = keep(attached.content, media_type=TAKEN[ending], at=at)
    return MailFile.objects.create(
        mail=mail, name=name, media_type=attached.media_type[:100], size=attached.size, file=kept, refused=refused
    )


def _named(attached: Attached) -> tuple[str, str]:
    name = attached.name.replace("/", "_").replace("\\", "_").replace('"', "_")[-200:] or "?"
    if attached.media_type == "message/rfc822" and "." not in name:
        name = f"{name[:195]}.eml"
    return name, PurePosixPath(name).suffix.lower().lstrip(".")


def why_not(name: str, ending: str, attached: Attached) -> str:
    if attached.content is None or attached.size > settings.MAIL_FILE_MOST:
        return Refused.TOO_LARGE
    wanted = BEGINS.get(ending, b"")
    if ending not in TAKEN or attached.content.startswith(PROGRAMS) or not attached.content.startswith(wanted):
        return Refused.TYPE
    return ""
