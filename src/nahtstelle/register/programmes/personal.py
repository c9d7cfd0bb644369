"""What the programmes hold of a person."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import Holding, by_person, deleted

from .models import Engagement


def holdings() -> list[Holding]:
    shown = ("role", "programme__key", "network__key", "project__key", "region__key", "valid_from", "valid_until")
    return [Holding(_("In programmes"), Engagement, by_person(Engagement, "person"), shown, deleted)]
