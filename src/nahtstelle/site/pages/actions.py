"""Putting texts into the places of the site and taking them out. One transaction, one fact each."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.actions import add_concept
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.outputs.actions import start
from nahtstelle.rooms.outputs.models import PAGE_KIND, Output

from . import rules
from .built_in import start_for
from .facts import PagePlaced, PageTakenOut
from .models import Placement
from .places import Place


def write(place: Place, *, account: Account, by: Actor, at: datetime) -> Output:
    """Start the text of a place from what stands there now. Readers see it when it is published."""
    rules.check_may_keep_pages(account, on=timezone.localdate(at))
    rules.check_is_free(place)
    words = start_for(place)
    with transaction.atomic():
        output = start(
            title=words.title, summary=words.summary, body=words.body, kind=_kind(by=by, at=at), language="de",
            stand=timezone.localdate(at), account=account, by=by, at=at,
        )  # fmt: skip
        put_in_place(place, output=output, account=account, by=by, at=at)
    return output


def _kind(*, by: Actor, at: datetime) -> Concept:
    """The kind "editorial page"; made where the vocabulary was loaded before there was one, or never."""
    found = Concept.objects.filter(key=PAGE_KIND).first()
    if found is not None:
        return found
    names = {"name_de": "Produktart", "name_en": "Output kind", "position": 9}
    facet, _made = Facet.objects.get_or_create(key="output", defaults=names)
    return add_concept(
        facet=facet, key=PAGE_KIND, name_de="Redaktionelle Seite", name_en="Editorial page", by=by, at=at
    )


def put_in_place(place: Place, *, output: Output, account: Account, by: Actor, at: datetime) -> Placement:
    """Let a text stand in a place that is free."""
    with transaction.atomic():
        output = Output.objects.select_for_update(of=("self",)).select_related("kind").get(pk=output.pk)
        rules.check_may_keep_pages(account, on=timezone.localdate(at))
        rules.check_is_free(place)
        rules.check_may_stand(output)
        placement, made = Placement.objects.get_or_create(
            place=place.key, defaults={"output": output, "placed_at": at, "placed_by": account}
        )
        if not made:
            rules.check_is_free(place)  # somebody was quicker
        record(
            PagePlaced(place=place.key, output_id=output.pk), by=by, at=at,
            touched=[Touched(output, {"place": ("", place.key)})],
        )  # fmt: skip
    return placement


def take_out(place: Place, *, account: Account, by: Actor, at: datetime) -> None:
    """The built-in text stands again; the text taken out stays in the workshop."""
    with transaction.atomic():
        rules.check_may_keep_pages(account, on=timezone.localdate(at))
        placement = Placement.objects.select_for_update().filter(place=place.key).first()
        if placement is None:
            raise NotNow(_("No text stands in this place."))
        output = placement.output
        placement.delete()
        record(
            PageTakenOut(place=place.key, output_id=output.pk), by=by, at=at,
            touched=[Touched(output, {"place": (place.key, "")})],
        )  # fmt: skip
