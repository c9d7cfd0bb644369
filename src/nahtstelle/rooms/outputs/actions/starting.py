"""Starting an output, and saying who wrote it and where it is found."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.vocabulary.models import Concept

from .. import citing, rules, work_citing
from ..facts import OutputEdited, OutputStarted
from ..models import Authorship, Output
from .saving import keep, text_of

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
SLUG_CHARACTERS = 90
# Addresses below /veroeffentlichungen/ that are not those of a text.
TAKEN_WORDS = {"werkstatt", "neu", "wellen", "rechtsinfo", "kurzbericht", "zitierstile"}


def start(
    *, title: str, kind: Concept, language: str, account: Account, by: Actor, at: datetime, body: str = "",
    summary: str = "", base: Output | None = None, stand: date | None = None,
) -> Output:  # fmt: skip
    """Start an output; the one who starts it owns it and is its first author.

    Raises ``Refusal`` where the base already has a variant in that language.
    """
    rules.check_may_start(account, on=timezone.localdate(at))
    if base is not None and (base.language == language or base.variants.filter(language=language).exists()):
        raise Refusal(_("This output already exists in that language."))
    with transaction.atomic():
        output = Output.objects.create(
            slug=free_slug(title, language),
            title=title,
            summary=summary,
            body=body,
            kind=kind,
            language=language,
            base=base,
            base_edition=base.edition if base else None,
            owner=account.person,
            audience=base.audience if base else Output.Audience.PUBLIC,
            stand=stand,
            created_at=at,
            created_by=account,
            changed_at=at,
        )
        Authorship.objects.create(output=output, person=account.person)
        if base is not None:
            output.concepts.set(base.concepts.all())
            output.programmes.set(base.programmes.all())
        keep(output, text_of(output), account=account, automatic=False, at=at)
        citing.refresh(output)
        work_citing.refresh(output)
        record(OutputStarted(output_id=output.pk), by=by, at=at, touched=[output])
    return output


def free_slug(title: str, language: str) -> str:
    """A readable address for a title that nothing else has."""
    wanted = slugify(title.translate(UMLAUTS))[:SLUG_CHARACTERS].strip("-") or "text"
    if language != "de":
        wanted = f"{wanted}-{language.removeprefix('de-x-')}"
    taken = {*Output.objects.filter(slug__startswith=wanted).values_list("slug", flat=True), *TAKEN_WORDS}
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def set_relations(
    output: Output, *, authors: list[Person] | None, programmes: Any, concepts: Any, account: Account, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Set who wrote it and under which facets and programmes it is found."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        rules.check_may_edit(account, output, on=timezone.localdate(at))
        before = _relations(output)
        if authors is not None:
            output.authorships.filter(credit="").exclude(person__in=authors).delete()  # who is credited stays
            for position, person in enumerate(authors):
                Authorship.objects.update_or_create(output=output, person=person, defaults={"position": position})
        output.programmes.set(programmes)
        output.concepts.set(concepts)
        changes = changes_between(before, _relations(output))
        if changes:
            fact = OutputEdited(output_id=output.pk, revision=output.revision)
            record(fact, by=by, at=at, touched=[Touched(output, changes)])


def _relations(output: Output) -> dict[str, list[str]]:
    return {
        "authors": [a.called for a in output.authorships.select_related("person")],
        "programmes": sorted(output.programmes.values_list("key", flat=True)),
        "concepts": sorted(output.concepts.values_list("key", flat=True)),
    }
