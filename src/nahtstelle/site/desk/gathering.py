"""What waits for a person, gathered from the rooms."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.duties.kinds import kind_called
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.kinds import sentence_of
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.rooms.law import queries as law
from nahtstelle.rooms.law.models import Import
from nahtstelle.rooms.law.rules import check_may_import
from nahtstelle.rooms.outputs import queries as outputs
from nahtstelle.rooms.outputs import rules as output_rules
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outreach.models import Dispatch
from nahtstelle.rooms.outreach.rules import check_may_approve

SHOWN = 8


def desk_of(account: Account, *, today: date) -> dict[str, Any]:
    """Everything the start page shows of one person's work."""
    person = account.person
    roles = centre_roles(person, on=today)
    duties = Duty.objects.filter(owner=person, state=Duty.State.OPEN).order_by("due", "id")
    overdue = duties.filter(due__lt=today).count()
    waiting = [
        output for output in outputs.waiting_for(account, on=today)[:50]
        if may(output_rules.check_may_review, account, output, on=today)
    ] if roles else []  # fmt: skip
    releases = [
        output for output in Output.objects.filter(progress=Output.Progress.SIGNED_OFF, needs_release=True)[:50]
        if may(output_rules.check_may_release, account, output, on=today)
    ]  # fmt: skip
    dispatches = [
        d for d in Dispatch.objects.filter(state=Dispatch.State.SUBMITTED).select_related("bulletin")[:50]
        if may(check_may_approve, account, d, on=today)
    ] if roles else []  # fmt: skip
    decisions = [
        *((o.title, reverse("outputs:work", args=[o.slug]), _("Sign off")) for o in waiting),
        *((o.title, reverse("outputs:work", args=[o.slug]), _("Release")) for o in releases),
        *((str(d.subject_de), reverse("outreach:dispatch", args=[d.pk]), _("Approve a dispatch")) for d in dispatches),
        *_imports(account, today=today),
    ]
    return {
        "person": person,
        "duties": [_duty(duty) for duty in duties[:SHOWN]],
        "duties_number": duties.count(),
        "overdue": overdue,
        "decisions": decisions,
        "decisions_number": len(decisions),
        "waves": [
            {"wave": wave, "standing": outputs.standing(wave, on=today)} for wave in outputs.waves()[:4]
        ] if roles else [],
        "mine": outputs.mine(person).filter(edition=None).exclude(state=Output.State.WITHDRAWN).order_by("-changed_at")[:SHOWN],
        "notices": [
            {"text": sentence_of(n), "url": n.link, "when": n.created_at}
            for n in Notice.objects.filter(person=person, read_at=None)[:SHOWN]
        ],
        "announced": law.announcements_ahead(day=today)[:SHOWN] if roles else [],
        "is_staff": bool(roles),
        "today": today,
    }  # fmt: skip


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "title": str(kind_called(duty.kind).sentence) % {"title": duty.subject_title},
        "url": duty.link,
        "due": duty.due,
        "why": duty.why_en if (get_language() or "de").startswith("en") else duty.why_de,
    }


def _imports(account: Account, *, today: date) -> list[tuple[str, str, str]]:
    if not may(check_may_import, account, on=today):
        return []
    return [
        (batch.source, reverse("law:import", args=[batch.pk]), _("Import of laws"))
        for batch in Import.objects.filter(state=Import.State.PREVIEW)[:SHOWN]
    ]
