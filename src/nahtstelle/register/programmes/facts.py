"""What can happen to programmes, their networks and projects, and to who works in them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("programmes.StructureLoaded", says=_("The platform's programme structure was brought in"))
@dataclass(frozen=True, slots=True)
class StructureLoaded:
    """The platform's own data on programmes, periods, levels and networks were brought in."""

    created: int
    changed: int


@fact("programmes.PeriodChanged", says=_("Funding period changed"))
@dataclass(frozen=True, slots=True)
class PeriodChanged:
    """A person changed a funding period: its names, its notes or its funding line."""

    period_id: int


@fact("programmes.NetworkSaved", says=_("Network added or changed"))
@dataclass(frozen=True, slots=True)
class NetworkSaved:
    """A network was added or changed."""

    network_id: int
    programme_id: int
    new: bool


@fact("programmes.ProjectSaved", says=_("Project added or changed"))
@dataclass(frozen=True, slots=True)
class ProjectSaved:
    """A project was added or changed."""

    project_id: int
    programme_id: int
    new: bool


@fact("programmes.PersonEngaged", says=_("Person took a role in a programme"))
@dataclass(frozen=True, slots=True)
class PersonEngaged:
    """A person took a dated role in a programme."""

    engagement_id: int
    person_id: int
    programme_id: int


@fact("programmes.EngagementEnded", says=_("Last day of a role in a programme set"))
@dataclass(frozen=True, slots=True)
class EngagementEnded:
    """The last day of a person's role in a programme was set or moved."""

    engagement_id: int
    person_id: int
    programme_id: int


@fact("programmes.RecutPlanned", says=_("A new cut of a structure was planned"))
@dataclass(frozen=True, slots=True)
class RecutPlanned:
    recut_id: int


@fact("programmes.RecutChanged", says=_("The plan of a new cut was changed"))
@dataclass(frozen=True, slots=True)
class RecutChanged:
    recut_id: int


@fact(
    "programmes.StructureRecut",
    says=_("A structure was cut anew: %(projects)s projects and %(engagements)s roles moved"),
)
@dataclass(frozen=True, slots=True)
class StructureRecut:
    """Networks of a level end, others begin, and projects and roles moved into them."""

    recut_id: int
    programme_id: int
    projects: int
    engagements: int


@fact("programmes.RecutUndone", says=_("A new cut of a structure was taken back"))
@dataclass(frozen=True, slots=True)
class RecutUndone:
    recut_id: int


@fact("programmes.RecutDropped", says=_("The plan of a new cut was dropped"))
@dataclass(frozen=True, slots=True)
class RecutDropped:
    recut_id: int


@fact("programmes.FundingMarkSaved", says=_("Funder's mark added or changed"))
@dataclass(frozen=True, slots=True)
class FundingMarkSaved:
    mark_id: int
    period_id: int
    new: bool


@fact("programmes.FundingMarkRemoved", says=_("Funder's mark removed before it was shown"))
@dataclass(frozen=True, slots=True)
class FundingMarkRemoved:
    mark_id: int
    period_id: int
