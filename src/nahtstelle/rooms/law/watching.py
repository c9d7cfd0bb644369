"""Telling those who watch a law: of amendments its text shows, and of those its file only announces."""

from datetime import datetime

from django.db.models import BooleanField, CharField, F, JSONField, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices import kinds
from nahtstelle.register.notices.actions import tell_in_bulk

from .facts import AmendmentAnnounced, ProvisionsAmended
from .models import Announcement, Law, Reading, Watch

AMENDED = "law.amended"
ANNOUNCED = "law.announced"


def declare() -> None:
    """Called once at start."""
    kinds.declare(
        AMENDED,
        label=_("Laws you watch"),
        sentence=_("%(law)s has changed: %(number)s provisions, first seen on %(seen_on)s."),
    )
    kinds.declare(
        ANNOUNCED, label=_("Announced changes of law"), sentence=_("An amendment of %(law)s is announced: %(remark)s")
    )


def tell_of_amendment(fact: ProvisionsAmended, *, by: Actor, at: datetime) -> None:
    reading = Reading.objects.select_related("law").filter(pk=fact.reading_id).first()
    if reading is None:
        return
    words = {"law": reading.law.citation, "number": fact.provisions, "seen_on": reading.first_seen.isoformat()}
    link = reverse("law:reading", args=[reading.law.slug, reading.pk])
    _tell(reading.law, AMENDED, words, link, cause=f"reading:{reading.pk}", by=by, at=at)


def tell_of_announcement(fact: AmendmentAnnounced, *, by: Actor, at: datetime) -> None:
    law = Law.objects.filter(pk=fact.law_id).first()
    remark = Announcement.objects.filter(pk__in=fact.announcement_ids).order_by("in_force", "pk").first()
    if law is None or remark is None:
        return
    words = {"law": law.citation, "remark": remark.text[:500]}
    link = reverse("law:law", args=[law.slug])
    _tell(law, ANNOUNCED, words, link, cause=f"announcement:{remark.pk}", by=by, at=at)


def _tell(law: Law, kind: str, words: dict[str, object], link: str, *, cause: str, by: Actor, at: datetime) -> None:
    rows = (
        Watch.objects.filter(law=law)
        .annotate(
            whom=F("person"),
            notice=Value(kind, output_field=CharField()),
            words=Value(words, output_field=JSONField()),
            address=Value(link, output_field=CharField()),
            why=Value(cause, output_field=CharField()),
            hurry=Value(False, output_field=BooleanField()),
        )
        .values_list("whom", "notice", "words", "address", "why", "hurry")
    )
    tell_in_bulk(rows, by=by, at=at)
