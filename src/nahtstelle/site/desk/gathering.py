"""What waits for a person, gathered from the rooms."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.plumbing.look.dates import day as written
from nahtstelle.register.duties import queries as duties
from nahtstelle.register.duties.kinds import sentence_of as duty_sentence
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.duties.presenters import why
from nahtstelle.register.notices import queries as notices
from nahtstelle.register.notices.kinds import sentence_of as notice_sentence
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.rooms.law.models import Import
from nahtstelle.rooms.law.presenters import announcement_lines
from nahtstelle.rooms.law.queries import announcements_ahead
from nahtstelle.rooms.law.rules import check_may_import
from nahtstelle.rooms.outputs import queries as outputs
from nahtstelle.rooms.outputs import rules as output_rules
from nahtstelle.rooms.outputs.models import Output, Wave
from nahtstelle.rooms.outputs.work_presenters import wave_title
from nahtstelle.rooms.outreach.models import Dispatch
from nahtstelle.rooms.outreach.rules import check_may_approve
from nahtstelle.site.mailroom.models import Mail
from nahtstelle.site.mailroom.queries import OPEN

from .ending import roles_ending_soon

SHOWN = 8
WAVES_SHOWN = 4
LOOKED_AT = 50  # of what waits for a decision: whether this person may decide is asked one by one


def desk_of(account: Account, *, today: date) -> dict[str, Any]:
    """Everything the start page shows of one person's work."""
    person = account.person
    staff = bool(centre_roles(person, on=today))
    mine = duties.of_person(person)
    brought = duties.escalated().filter(escalated_to=person).exclude(owner=person)
    told = notices.inbox(person, unread=True)
    decisions = _decisions(account, staff=staff, today=today)
    waves = outputs.waves().filter(waiting__gt=0) if staff else Wave.objects.none()
    return {
        "person": person,
        "duties": [_duty(duty) for duty in mine[:SHOWN]],
        "duties_number": mine.count(),
        "overdue": mine.filter(due__lt=today).count(),
        "brought": [_duty(duty) for duty in brought[:SHOWN]],
        "brought_number": brought.count(),
        "decisions": decisions,
        "waves": [_wave(wave, today=today) for wave in waves[:WAVES_SHOWN]],
        "mine": _on_the_way(account),
        "notices": [{"text": notice_sentence(n), "url": n.link, "when": n.created_at} for n in told[:SHOWN]],
        "notices_number": told.count(),
        "announced": announcement_lines(announcements_ahead(day=today)[:SHOWN]) if staff else [],
        "is_staff": staff,
        "ending": roles_ending_soon(account, today=today),
        "open_mails": Mail.objects.filter(OPEN).count() if staff else 0,
        "my_mails": Mail.objects.filter(OPEN, assigned_to=person).count() if staff else 0,
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "title": duty_sentence(duty), "url": duty.link, "why": why(duty), "due": duty.due,
        "owner": duty.owner.name if duty.owner else "",
    }  # fmt: skip


def _decisions(account: Account, *, staff: bool, today: date) -> list[dict[str, str]]:
    """What waits for this person's yes: texts to sign off or release, dispatches to approve, imports to confirm."""

    def texts(found: QuerySet[Output], check: Any, what: str) -> list[dict[str, str]]:
        return [
            {"title": output.title, "url": reverse("outputs:work", args=[output.slug]), "what": what}
            for output in found[:LOOKED_AT]
            if may(check, account, output, on=today)
        ]

    signed = Output.objects.filter(progress=Output.Progress.SIGNED_OFF, needs_release=True).order_by("changed_at")
    found = texts(signed, output_rules.check_may_release, _("Release"))
    if staff:
        waiting = outputs.waiting_for(account, on=today)
        found = texts(waiting, output_rules.check_may_review, _("Sign off")) + found
        submitted = Dispatch.objects.filter(state=Dispatch.State.SUBMITTED).select_related("bulletin")
        found += [
            {"title": str(one), "url": reverse("outreach:dispatch", args=[one.pk]), "what": _("Approve a dispatch")}
            for one in submitted[:LOOKED_AT]
            if may(check_may_approve, account, one, on=today)
        ]
    if may(check_may_import, account, on=today):
        found += [
            {"title": one.source, "url": reverse("law:import", args=[one.pk]), "what": _("Confirm an import of laws")}
            for one in Import.objects.filter(state=Import.State.PREVIEW).order_by("-pk")[:SHOWN]
        ]
    return found


def _wave(wave: Wave, *, today: date) -> dict[str, Any]:
    if wave.reading and wave.law:
        label = f"{wave.law.citation}: " + _("reading of %s") % written(wave.reading.first_seen, "short")
    else:
        label = wave_title(wave)
    return {
        "label": label,
        "url": reverse("outputs:wave", args=[wave.pk]),
        "note": _("due by %s") % written(wave.due, "short"),
        "standing": outputs.standing(wave, on=today),
    }


def _on_the_way(account: Account) -> QuerySet[Output]:
    """Texts of this person that readers do not have yet, or not yet in their newest form."""
    found = outputs.mine(account.person).exclude(state__in=[Output.State.WITHDRAWN, Output.State.SUPERSEDED])
    return found.filter(Q(edition=None) | ~Q(progress=Output.Progress.DRAFT)).order_by("-changed_at")[:SHOWN]
