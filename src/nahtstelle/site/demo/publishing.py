"""Bringing out the demo's texts, by the hands of those who would."""

from datetime import datetime

from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs import rules
from nahtstelle.rooms.outputs.checking import note_check
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.pages.actions import put_in_place
from nahtstelle.site.pages.places import place_called

from .company import EDITOR, FUNDER, Company
from .content_files import OutputFile

EASY = "de-x-leicht"


def bring_out(file: OutputFile, known: dict[str, Output], company: Company, *, at: datetime) -> None:
    """Bring one text as far as its file says; ``known`` are those brought out before, and gets this one too."""
    editor = company.acting(EDITOR)
    output = outputs.start(
        title=file.title, summary=file.summary, body=file.body, kind=company.concepts[file.kind],
        language=file.language, stand=file.stand, base=known.get(file.translation_of), at=at, **editor,
    )  # fmt: skip
    # Addresses are made from titles; links of the demo want the short name of the file.
    Output.objects.filter(pk=output.pk).update(slug=file.slug)
    output.slug = file.slug
    known[file.slug] = output
    owner = company.accounts[file.owner].person
    saved = outputs.save(
        output, started_from=output.revision, at=at, **editor,
        text={name: getattr(output, name) for name in outputs.TEXT},
        particulars={
            "owner_id": owner.pk, "audience": file.audience, "valid_from": file.valid_from,
            "valid_until": file.valid_until, "needs_release": file.funder_release,
        },
    )  # fmt: skip
    output = known[file.slug] = saved.output
    outputs.set_relations(
        output, authors=[company.accounts[slug].person for slug in file.authors],
        programmes=[company.programmes[key] for key in file.programmes],
        concepts=[company.concepts[key] for key in file.concepts], at=at, **editor,
    )  # fmt: skip
    if place := place_called(file.place):
        put_in_place(place, output=output, at=at, **editor)
    if file.state != "draft":
        output = outputs.submit(output, at=at, **editor)
    if file.state not in ("draft", "in_review"):
        known[file.slug] = output = sign_off(output, company, at=at, publish=file.state != "signed_off")
    if file.language == EASY:
        note_check(
            output, digest=(output.edition or output).digest, who="Prüfgruppe der Demo (erfunden)", on=timezone.localdate(at), at=at,
            **editor,
        )  # fmt: skip


def sign_off(output: Output, company: Company, *, at: datetime, publish: bool = True, note: str = "") -> Output:
    """A second person reads it, the funder releases it where needed, and it is published. Returns how it stands."""
    reader = company.acting(company.reader_of(output, on=timezone.localdate(at)))
    output = outputs.sign_off(output, revision=output.revision, at=at, **reader)
    if not publish:
        return output
    if output.needs_release:
        if not may(rules.check_may_release, company.accounts[FUNDER], output, on=timezone.localdate(at)):
            return output
        output = outputs.release(output, at=at, **company.acting(FUNDER))
    outputs.publish(output, note=note, at=at, **reader)
    output.refresh_from_db()
    return output
