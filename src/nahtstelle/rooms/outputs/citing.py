"""The citations of an output: found in its text as one writes, confirmed or added by hand, frozen with each edition."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.lawtext.citations import Citation as Found
from nahtstelle.engines.lawtext.citations import LawNames, find_citations
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law.models import Law
from nahtstelle.rooms.law.naming import names_in_stock
from nahtstelle.rooms.law.resolving import Target, resolve_all
from nahtstelle.rooms.law.wordings import as_path

from . import rules
from .facts import CitationDeclared
from .models import Citation, Output, Text

Key = tuple[str, str, str, str]


def find_in(text: str, *, names: LawNames | None = None) -> list[Found]:
    """The citations of named laws in a text; a bare "§ 5" says nothing without its law."""
    return [one for one in find_citations(text, names=names or names_in_stock()) if one.law and one.section]


def _rows(text: str, *, names: LawNames | None = None) -> dict[Key, tuple[Found, Target]]:
    found = find_in(text, names=names)
    rows: dict[Key, tuple[Found, Target]] = {}
    for one, target in zip(found, resolve_all(found), strict=True):
        rows.setdefault(_key(one, target), (one, target))
    return rows


def _key(found: Found, target: Target) -> Key:
    law = target.law.citation if target.law else found.law or ""
    return (law[:200], (found.section or "")[:40], part_named(found, target), (found.version or "")[:10])


def part_named(found: Found, target: Target) -> str:
    """The cited part; while the provision is not in our stock, as the words name it."""
    if target.provision is not None:
        return target.path[:120]
    named = zip("ASNBD", (found.absatz, found.satz, found.nummer, found.buchstabe, found.doppelbuchstabe), strict=True)
    return as_path(f"{letter}{step}" for letter, step in named if step)[:120]


def _text(text: Text) -> str:
    return "\n\n".join((text.title, text.summary, text.body))


def key_of(citation: Citation) -> Key:
    return (citation.law_name, citation.section, citation.path, citation.version_note)


def refresh(output: Output) -> None:
    """Bring the citations of the working text in line with its words. What was added by hand stays.

    A citation that readers have keeps the provision it meant when its edition was published: "§ 21" may mean another one
    since.
    """
    _follow(output, _rows(_text(output)), keep_published=True)


def _follow(output: Output, wanted: dict[Key, tuple[Found, Target]], *, keep_published: bool) -> None:
    have = {key_of(citation): citation for citation in output.citations.all()}
    fresh = [_new(output, key, *wanted[key]) for key in wanted.keys() - have.keys()]
    Citation.objects.bulk_create(fresh, ignore_conflicts=True)
    gone = [c.pk for key, c in have.items() if key not in wanted and c.working and c.origin == Citation.Origin.PARSED]
    Citation.objects.filter(pk__in=gone, published=False).delete()
    Citation.objects.filter(pk__in=gone).update(working=False)
    back = [c.pk for key, c in have.items() if key in wanted and not c.working]
    Citation.objects.filter(pk__in=back).update(working=True)
    moved = []
    for key in wanted.keys() & have.keys():
        row, target = have[key], wanted[key][1]
        if target.provision is None or row.provision_id == target.provision.pk:
            continue
        if row.provision_id is None or not (row.published and keep_published):
            row.law, row.provision = target.law, target.provision
            moved.append(row)
    Citation.objects.bulk_update(moved, ["law", "provision"], batch_size=300)


def find_of(law: Law, output: Output, *, names: LawNames | None = None) -> bool:
    """Find what a text, and the edition readers have, cite of a law that nobody knew by this name when they were written.

    A row that stood for the same words and meant nothing goes. True where something of it is the readers'.
    """
    working = _rows(_text(output), names=names)
    public = _rows(_text(output.edition), names=names) if output.edition else {}
    have = {key_of(citation): citation for citation in output.citations.all()}
    found = {key: row for key, row in (public | working).items() if row[1].law == law}
    made = []
    for key in found.keys() - have.keys():
        made.append(_new(output, key, *found[key]))
        made[-1].working, made[-1].published = key in working, key in public
    late = [key for key in found.keys() & have.keys() & public.keys() if not have[key].published]
    if not made and not late:
        return False
    meaningless = [
        row.pk
        for key, row in have.items()
        if row.provision_id is None and row.origin == Citation.Origin.PARSED and not row.confirmed
        and key not in working and key not in public
    ]  # fmt: skip
    Citation.objects.filter(pk__in=meaningless).delete()
    Citation.objects.bulk_create(made, ignore_conflicts=True)
    Citation.objects.filter(pk__in=[have[key].pk for key in late]).update(published=True)
    return bool(late) or any(row.published for row in made)


def _new(output: Output, key: Key, found: Found, target: Target) -> Citation:
    return Citation(
        output=output,
        law=target.law,
        provision=target.provision,
        reading=target.reading,
        law_name=key[0],
        section=key[1],
        path=key[2],
        version_note=key[3],
        words=found.text[:300],
        working=True,
    )


def freeze(output: Output) -> None:
    """The working text has become an edition: its citations are the published ones, each with the reading it rests on."""
    by_hand = output.citations.filter(origin=Citation.Origin.DECLARED, working=True)
    keys = {key_of(citation) for citation in by_hand}
    declared = {key: row for key, row in _rows("\n\n".join(c.words for c in by_hand)).items() if key in keys}
    _follow(output, declared | _rows(_text(output)), keep_published=False)
    output.citations.filter(working=False).delete()
    output.citations.update(published=True)
    for law in Law.objects.filter(pk__in=output.citations.exclude(law=None).values("law")):
        output.citations.filter(law=law, provision__isnull=False).update(
            reading=law.readings.order_by("-first_seen").first()
        )


def declare(output: Output, words: str, *, role: str, account: Account, by: Actor, at: datetime) -> list[Citation]:
    """Add citations by hand, written as one would in a text: "§ 60c Absatz 2 AufenthG".

    Raises ``Refusal`` where nothing in the words is understood as a citation of a named law.
    """
    rules.check_may_edit(account, output, on=timezone.localdate(at))
    rows = _rows(words.strip())
    if not rows:
        raise Refusal(_("“%s” names no provision of a law; write for example “§ 60c Absatz 2 AufenthG”.") % words)
    with transaction.atomic():
        made = []
        for key, (found, target) in rows.items():
            row, _fresh = Citation.objects.get_or_create(
                output=output,
                law_name=key[0],
                section=key[1],
                path=key[2],
                version_note=key[3],
                defaults={
                    "law": target.law,
                    "provision": target.provision,
                    "reading": target.reading,
                    "words": found.text[:300],
                    "origin": Citation.Origin.DECLARED,
                },
            )
            row.role, row.confirmed, row.working = role, True, True
            row.save(update_fields=["role", "confirmed", "working"])
            made.append(row)
        record(
            CitationDeclared(output_id=output.pk), by=by, at=at,
            touched=[Touched(output, {"citation": ("", [row.words for row in made])})],
        )  # fmt: skip
    return made


def judge(citation: Citation, *, role: str, account: Account, by: Actor, at: datetime) -> None:
    """Confirm a citation found in the text and say what it is: legal basis or mention."""
    rules.check_may_edit(account, citation.output, on=timezone.localdate(at))
    if citation.confirmed and citation.role == role:
        return
    with transaction.atomic():
        before = (citation.role, citation.confirmed)
        citation.role, citation.confirmed = role, True
        citation.save(update_fields=["role", "confirmed"])
        record(
            CitationDeclared(output_id=citation.output_id), by=by, at=at,
            touched=[Touched(citation.output, {citation.words: (before[0] if before[1] else "", role)})],
        )  # fmt: skip


def remove(citation: Citation, *, account: Account, by: Actor, at: datetime) -> None:
    """Take back a citation that was added by hand."""
    rules.check_may_edit(account, citation.output, on=timezone.localdate(at))
    if citation.origin != Citation.Origin.DECLARED:
        raise Refusal(_("This citation stands in the text; it goes when the text no longer names it."))
    with transaction.atomic():
        record(
            CitationDeclared(output_id=citation.output_id), by=by, at=at,
            touched=[Touched(citation.output, {"citation": (citation.words, "")})],
        )  # fmt: skip
        if citation.published:
            citation.working = False
            citation.save(update_fields=["working"])
        else:
            citation.delete()


def preview(output: Output, text: str) -> list[Citation]:
    """The citations a text would have, unsaved: what the side of the editor shows while one writes."""
    confirmed = {key_of(c): c for c in output.citations.select_related("law", "provision")}
    rows = []
    for key, (found, target) in _rows(text).items():
        row = confirmed.get(key) or _new(output, key, found, target)
        rows.append(row)
    rows += [c for key, c in confirmed.items() if c.origin == Citation.Origin.DECLARED and c.working and c not in rows]
    return sorted(rows, key=lambda row: (row.law_name, row.section, row.path))
