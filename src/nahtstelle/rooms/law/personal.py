"""What the room law holds of a person."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import Holding, by_account, by_person, deleted, kept

from .models import Act, Import, Watch

RECORD = "who brought law in is part of the record of the law; it leads to an account without a name"


def holdings() -> list[Holding]:
    return [
        Holding(_("Laws you watch"), Watch, by_person(Watch, "person"), ("law__citation", "since"), deleted),
        Holding(
            _("Acts you recorded"), Act, by_account(Act, "created_by"), ("title", "created_at"), kept, RECORD
        ),
        Holding(_("Imports you began"), Import, by_account(Import, "started_by"), ("source", "started_at"), kept, RECORD),
    ]  # fmt: skip
