"""What the organisations hold of a person."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import Holding, by_person, deleted

from .models import Membership


def holdings() -> list[Holding]:
    shown = ("organisation__name", "function", "valid_from", "valid_until")
    return [Holding(_("Organisations"), Membership, by_person(Membership, "person"), shown, deleted)]
