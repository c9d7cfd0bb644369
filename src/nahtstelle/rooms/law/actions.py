"""Small changes in this room: names, watches. Imports are in ``importing``, acts of amendment in ``acts``."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account, Person

from . import rules
from .facts import NamesChanged, WatchChanged
from .models import Law, LawName, Watch
from .naming import fold


def add_name(law: Law, name: str, *, account: Account, by: Actor, at: datetime) -> LawName:
    """Teach the house another name of a law; citations by that name are understood from then on."""
    rules.check_may_record_acts(account, on=timezone.localdate(at))
    name = " ".join(name.split())
    if not name:
        raise Refusal(_("A name needs at least one character."))
    taken = LawName.objects.filter(folded=fold(name)).exclude(law=law).select_related("law").first()
    if taken is not None:
        raise Refusal(_("“%(name)s” already names %(law)s.") % {"name": name, "law": taken.law.citation})
    with transaction.atomic():
        row, made = LawName.objects.get_or_create(
            law=law, folded=fold(name), defaults={"name": name, "source": LawName.Source.STAFF}
        )
        if made:
            record(NamesChanged(law_id=law.pk), by=by, at=at, touched=[Touched(law, {"name": ("", name)})])
    return row


def remove_name(name: LawName, *, account: Account, by: Actor, at: datetime) -> None:
    """Forget a name that staff added; the official file's own names stay."""
    rules.check_may_record_acts(account, on=timezone.localdate(at))
    if name.source == LawName.Source.FILE:
        raise Refusal(_("This name comes from the official file and cannot be removed."))
    with transaction.atomic():
        record(NamesChanged(law_id=name.law_id), by=by, at=at, touched=[Touched(name.law, {"name": (name.name, "")})])
        name.delete()


def watch(law: Law, *, person: Person, watching: bool, by: Actor, at: datetime) -> None:
    """Put a law on a person's watch list or take it off."""
    with transaction.atomic():
        if watching:
            _row, changed = Watch.objects.get_or_create(law=law, person=person, defaults={"since": at})
        else:
            changed = Watch.objects.filter(law=law, person=person).delete()[0] > 0
        if changed:
            record(
                WatchChanged(law_id=law.pk, person_id=person.pk, watching=watching), by=by, at=at, touched=[law, person]
            )
