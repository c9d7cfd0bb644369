"""How the owners of the demo's texts answered when law changed: still right, corrected, withdrawn."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from nahtstelle.register.notices.actions import mark_all_read
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs.models import Output, Wave
from nahtstelle.rooms.outputs.settling import confirm_valid

from .company import Company
from .publishing import sign_off


def answer(row: dict[str, Any], company: Company, *, at: datetime) -> None:
    """One answer of ``story/answers.yaml``. Raises ``LookupError`` where there was nothing to answer."""
    output = Output.objects.select_related("owner").get(slug=row["output"])
    slug = row.get("by", output.owner.slug)
    match row:
        case {"valid": reason}:
            confirm_valid(wave_of(row), output, reason=reason, at=at, **company.acting(slug))
        case {"corrected": changes}:
            _correct(output, changes, row["note"], slug, company, at=at)
        case {"withdrawn": reason}:
            outputs.withdraw(output, why=reason, at=at, **company.acting(slug))
        case _:
            raise LookupError(f"{row['output']}: an answer is valid, corrected or withdrawn.")
    # Whoever answered has read what was in the inbox.
    mark_all_read(person=company.accounts[slug].person, at=at)


def wave_of(row: dict[str, Any]) -> Wave:
    """The wave an answer belongs to: of a law's reading seen on a day, or of an act."""
    waves = Wave.objects.filter(law__slug=row["law"])
    cause = {"act__slug": row["act"]} if "act" in row else {"reading__first_seen": row["reading"]}
    wave = waves.filter(**cause).order_by("-pk").first()
    if wave is None:
        raise LookupError(f"{row['output']}: no wave of {row['law']} answers to this.")
    return wave


def _correct(output: Output, changes: list[list[str]], note: str, slug: str, company: Company, *, at: datetime) -> None:
    body = output.body
    for old, new in changes:
        if old not in body:
            raise LookupError(f"{output.slug} does not say “{old}”.")
        body = body.replace(old, new)
    owner = company.acting(slug)
    saved = outputs.save(
        output, started_from=output.revision, text={"title": output.title, "summary": output.summary, "body": body},
        particulars={"stand": timezone.localdate(at)}, at=at, **owner,
    )  # fmt: skip
    submitted = outputs.submit(saved.output, at=at, **owner)
    sign_off(submitted, company, at=at, note=note)
