"""What can happen to reported barriers."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("barriers.BarrierReported", says=_("Barrier reported"))
@dataclass(frozen=True, slots=True)
class BarrierReported:
    report_id: int


@fact("barriers.BarrierAnswered", says=_("Reported barrier answered"))
@dataclass(frozen=True, slots=True)
class BarrierAnswered:
    report_id: int


@fact("barriers.ReportsForgotten", says=_("%(count)s reports: personal data forgotten"))
@dataclass(frozen=True, slots=True)
class ReportsForgotten:
    count: int
