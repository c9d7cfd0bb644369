"""Taking in reports of barriers, answering them, forgetting who wrote them."""

import hashlib
import hmac
from datetime import date, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties import actions as duties
from nahtstelle.register.duties.queries import reachable
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.notices.words import in_every_language
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.queries import staff

from . import rules
from .facts import BarrierAnswered, BarrierReported, ReportsForgotten
from .models import Report

DUTY_KIND = "barriers.answer"
NOTICE_KIND = "barriers.reported"
WHY = _("A reader reported a barrier; the law on equal opportunities wants an answer within a month.")
ANSWER_WITHIN = timedelta(days=28)  # a month is what section 12b BGG gives; the duty falls due a little before
OUR_OWN = [
    ip_network(one) for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]
KEPT_AFTER_ANSWER, KEPT_AT_MOST = timedelta(days=182), timedelta(days=365)


def origin_of(connection: str, *, on: date) -> str:
    """A number that is the same for one connection on one day, and from which nobody reads the connection.

    "" where the address is that of a proxy of ours, which all readers share: they must not stop each other.
    """
    try:
        address = ip_address(connection)
    except ValueError:
        return ""
    if any(address in network for network in OUR_OWN if network.version == address.version):
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), f"{on}:{connection}".encode(), hashlib.sha256).hexdigest()[:32]


def report(
    *, page: str, words: str, name: str, mail: str, language: str, connection: str, by: Actor, at: datetime
) -> Report:
    """Keep a report and owe its answer. Raises ``NotNow`` when very many come."""
    today = timezone.localdate(at)
    origin = origin_of(connection, on=today)
    with transaction.atomic():
        rules.check_no_flood(origin=origin, at=at)
        made = Report.objects.create(
            page=page, words=words, name=name, mail=mail, language=language, origin=origin, reported_at=at,
            forget_on=today + KEPT_AT_MOST,
        )  # fmt: skip
        record(BarrierReported(report_id=made.pk), by=by, at=at, touched=[made])
        why = in_every_language(WHY)
        owner, link = responsible(on=today), reverse("barriers:one", args=[made.pk])
        duties.open_duty(
            kind=DUTY_KIND, owner=owner, subject_kind=rules.SUBJECT_KIND, subject_id=made.pk,
            subject_title=page or "–", link=link, cause=f"barrier:{made.pk}", why_de=why["de"], why_en=why["en"],
            due=today + ANSWER_WITHIN, by=by, at=at,
        )  # fmt: skip
        if owner is not None:
            due_on = (today + ANSWER_WITHIN).isoformat()
            tell(
                person=owner, kind=NOTICE_KIND, words={"page": page or "–", "due_on": due_on}, link=link,
                cause=f"barrier:{made.pk}", by=by, at=at,
            )  # fmt: skip
    return made


def responsible(*, on: date) -> Person | None:
    """Who answers: the first of the editors who can be reached, else the head of the centre. The duty can be handed on.

    Nobody: the duty lies on the coordinators' desk.
    """
    for role in (CentreRole.Role.EDITOR, CentreRole.Role.LEAD):
        people = staff(on=on, role=role).filter(pk__in=reachable().values("pk"))
        if found := people.order_by("pk").first():
            return found
    return None


def answer(report: Report, *, words: str, account: Account, by: Actor, at: datetime) -> Report:
    """What was done about it; the duty is settled, and the personal data get an earlier end."""
    if not words.strip():
        raise Refusal(_("Please say what was done."))
    today = timezone.localdate(at)
    with transaction.atomic():
        row = Report.objects.select_for_update().get(pk=report.pk)
        rules.check_may_answer(account, row, on=today)
        row.answered_at, row.answered_by, row.answer = at, account, words.strip()
        row.forget_on = min(row.forget_on, today + KEPT_AFTER_ANSWER)
        row.save(update_fields=["answered_at", "answered_by", "answer", "forget_on"])
        record(
            BarrierAnswered(report_id=row.pk),
            by=by,
            at=at,
            why=row.answer,
            touched=[Touched(row, {"answer": ("", row.answer)})],
        )
        duties.settle_all_for(
            subject=(rules.SUBJECT_KIND, row.pk), kind=DUTY_KIND, how=row.answer, by=by, at=at
        )  # fmt: skip
    return row


def forget_old_reports(*, by: Actor, at: datetime) -> int:
    """Forget who wrote and what, where the day has come; and yesterday's numbers against floods. The number forgotten."""
    today = timezone.localdate(at)
    with transaction.atomic():
        Report.objects.exclude(origin="").filter(reported_at__lt=at - timedelta(days=1)).update(origin="")
        due = Report.objects.filter(forget_on__lte=today, forgotten_at=None)
        count = due.update(words="", name="", mail="", origin="", forgotten_at=at)
        if count:
            record(ReportsForgotten(count=count), by=by, at=at)
    return count
