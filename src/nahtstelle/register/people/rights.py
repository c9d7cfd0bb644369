"""What each role at the centre brings with it: the rules ask here, and a person's own page reads it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import CentreRole

Role = CentreRole.Role


@dataclass(frozen=True, slots=True)
class Right:
    """Something that some roles may do. ``sentence`` follows "You may"; ``refusal`` is said to all others."""

    sentence: Any
    refusal: Any
    roles: frozenset[str]


def _right(sentence: Any, refusal: Any, roles: Iterable[str]) -> Right:
    return Right(sentence, refusal, frozenset(roles))


SEE_PEOPLE = _right(
    _("see all persons and organisations the centre works with"),
    _("This page is for staff of the centre."),
    Role,
)
KEEP_PEOPLE = _right(
    _("add persons and organisations and correct their particulars"),
    _("Only coordinators, administrators and the head of the centre add and correct persons and organisations."),
    [Role.COORDINATOR, Role.ADMINISTRATOR, Role.LEAD],
)
KEEP_ROLES = _right(
    _("give and end roles at the centre, open and close accounts"),
    _("Only the head of the centre and administrators give roles and keep accounts."),
    [Role.LEAD, Role.ADMINISTRATOR],
)
KEEP_STRUCTURE = _right(
    _("change programmes, networks and projects and say who works in them"),
    _("Only coordinators, administrators and the head of the centre change programmes, networks and projects."),
    [Role.COORDINATOR, Role.ADMINISTRATOR, Role.LEAD],
)
KEEP_VOCABULARY = _right(
    _("change the vocabulary and import concepts"),
    _("Only editors, coordinators and administrators change the vocabulary."),
    [Role.EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR],
)
KEEP_MACHINERY = _right(
    _("look after deliveries, duties and the machinery"),
    _("Only administrators, coordinators and the head of the centre look after the machinery."),
    [Role.ADMINISTRATOR, Role.COORDINATOR, Role.LEAD],
)

# In the order in which a person's page names them. Rooms above append theirs in ``site/wiring.py``.
OF_THE_REGISTER = (
    SEE_PEOPLE, KEEP_PEOPLE, KEEP_ROLES, KEEP_STRUCTURE, KEEP_VOCABULARY, KEEP_MACHINERY,
)  # fmt: skip
all_rights: list[Right] = [*OF_THE_REGISTER]
