"""What roles at the centre bring with them in the rooms: read out on a person's own page, after what the register gives.

Each line takes its roles from the rule that decides, so the page says what is so.
"""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.people.rights import KEEP_ROLES, KEEP_STRUCTURE, Right
from nahtstelle.rooms.law import rules as law
from nahtstelle.rooms.library.rules.people import LIBRARIANS
from nahtstelle.rooms.outputs import rules as outputs
from nahtstelle.rooms.outreach import rules as outreach


def rights_of_rooms() -> list[Right]:
    everybody = frozenset(CentreRole.Role)
    lines = [
        (_("invite people to roles at the centre"), KEEP_ROLES.roles),
        (_("invite people to projects"), KEEP_STRUCTURE.roles),
        (_("bring in laws and decide on imports"), frozenset(law.IMPORTERS)),
        (_("record acts of amendment"), frozenset(law.RECORDERS)),
        (_("assess studies, review the cards of others and publish them"), frozenset(LIBRARIANS)),
        (_("read the library"), everybody),
        (_("bring in literature, merge works, assess studies and begin reviews"), frozenset(LIBRARIANS)),
        (_("begin texts and read those others work on"), everybody),
        (_("review, sign off and publish texts of others"), frozenset(outputs.SIGNERS)),
        (_("prepare dispatches and read what came back"), frozenset(outreach.PREPARERS)),
        (_("approve dispatches that others prepared"), frozenset(outreach.APPROVERS)),
        (_("read and deal with mail to the centre"), everybody),
    ]
    return [Right(sentence, "", roles) for sentence, roles in lines]
