"""Which files are taken as full texts, and who may read them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotYours, Refusal
from nahtstelle.register.people.models import Account

from ..models import FullText
from ..queries.access import in_team_of, seen_by_public
from .people import check_may_read

LARGEST = 60 * 1024**2  # bytes


def check_file(head: bytes, size: int) -> None:
    if size > LARGEST:
        raise Refusal(_("The file is larger than 60 MB."))
    if b"%PDF-" not in head[:1024]:
        raise Refusal(_("This is no PDF file."))


def check_may_download(text: FullText, account: object, *, on: date) -> None:
    """An open text of a work the public sees: everybody. A licensed one: staff. A copy for a review: its team."""
    if text.rights == FullText.Rights.REVIEW:
        person = account.person_id if isinstance(account, Account) else None
        if person is None or not in_team_of(text.work, person=person, on=on):
            raise NotYours(_("This copy was made for a review; only its team may read it."))
        return
    if text.rights == FullText.Rights.OPEN and seen_by_public(text.work):
        return
    check_may_read(account, on=on)
