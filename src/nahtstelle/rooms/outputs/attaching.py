"""Files that belong to an output: figures and downloads."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import get_valid_filename

from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import rules
from .facts import OutputEdited
from .models import Attachment, Output

LONGEST_NAME = 200


def attach(
    output: Output, *, name: str, content: bytes, media_type: str, title: str, alternative: str, account: Account,
    by: Actor, at: datetime,
) -> Attachment:  # fmt: skip
    """Add a file to the working text, or put a newer one in the place of one with the same name.

    Readers have it with the next edition. Raises ``StorageTrouble`` when it cannot be kept.
    """
    rules.check_may_edit(account, output, on=timezone.localdate(at))
    with transaction.atomic():
        kept = keep(content, media_type=media_type, at=at)
        fitting = get_valid_filename(name)[-LONGEST_NAME:]
        for earlier in output.attachments.filter(name=fitting, working=True):
            _take_off(earlier)
        row = Attachment.objects.create(
            output=output, name=fitting, file=kept, title=title, alternative=alternative, added_at=at, added_by=account
        )
        record(
            OutputEdited(output_id=output.pk, revision=output.revision), by=by, at=at,
            touched=[Touched(output, {"attachment": ("", row.name)})],
        )  # fmt: skip
    return row


def remove(attachment: Attachment, *, account: Account, by: Actor, at: datetime) -> None:
    """Take a file off the working text; the editions that have it keep it."""
    output = attachment.output
    rules.check_may_edit(account, output, on=timezone.localdate(at))
    with transaction.atomic():
        record(
            OutputEdited(output_id=output.pk, revision=output.revision), by=by, at=at,
            touched=[Touched(output, {"attachment": (attachment.name, "")})],
        )  # fmt: skip
        _take_off(attachment)


def _take_off(attachment: Attachment) -> None:
    if attachment.editions.exists():
        attachment.working = False
        attachment.save(update_fields=["working"])
    else:
        attachment.delete()
