"""Saving what is written: two people at once are merged line by line, and nothing that was typed is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.kit.merging import both_texts
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from .. import citing, rules, work_citing
from ..facts import OutputEdited
from ..models import LeftText, Output, Save

TEXT = ("title", "summary", "body")
PARTICULARS = (
    "kind_id", "owner_id", "audience", "licence", "stand", "valid_from", "valid_until", "needs_release",
    "style", "shows_news",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: ``left`` is set where it met another's text and a person must merge the two.

    ``sent_as`` is the revision that holds exactly the text that was sent: whoever typed on meanwhile goes on from there.
    """

    output: Output
    revision: int
    sent_as: int
    merged: bool = False
    left: LeftText | None = None


def save(
    output: Output, *, started_from: int, account: Account, by: Actor, at: datetime, automatic: bool = False,
    text: dict[str, str], particulars: dict[str, Any] | None = None,
) -> Saved:  # fmt: skip
    """Save a text that was begun at revision ``started_from``.

    Where somebody else saved meanwhile, the two are merged line by line; where they touched the same lines, the later
    text is kept beside as a ``LeftText`` and nothing of the earlier is overwritten. Where the text may not be written any
    more (the right was withdrawn, it went to its reviewer), it is left too, and the refusal is raised after it is kept.
    """
    try:
        with transaction.atomic():
            return _save(
                output, text, started_from=started_from, account=account, automatic=automatic,
                particulars=particulars or {}, by=by, at=at,
            )  # fmt: skip
    except Refusal as refusal:
        if isinstance(refusal, NotNow) or _wrote_before(account, output):
            _leave(Output.objects.get(pk=output.pk), text, started_from=started_from, account=account, at=at)
        raise


def _save(
    output: Output, text: dict[str, str], *, started_from: int, account: Account, automatic: bool,
    particulars: dict[str, Any], by: Actor, at: datetime,
) -> Saved:  # fmt: skip
    output = Output.objects.select_for_update().get(pk=output.pk)
    rules.check_may_edit(account, output, on=timezone.localdate(at))
    if "audience" in particulars:
        rules.check_may_widen(account, output, audience=particulars["audience"], on=timezone.localdate(at))
    before = _described(output)
    merged = False
    sent_as = output.revision
    if output.revision != started_from and text != text_of(output):
        combined = _merge(output, text, started_from)
        if combined is None:
            left = _leave(output, text, started_from=started_from, account=account, at=at)
            return Saved(output, output.revision, started_from, left=left)
        if combined != text:
            output.revision += 1
            sent_as, merged = output.revision, True
            keep(output, text, account=account, automatic=True, at=at)
            text = combined
    for name in TEXT:
        setattr(output, name, text[name])
    for name, value in particulars.items():
        setattr(output, name, value)
    changes = changes_between(before, _described(output))
    if not changes and not merged:
        return Saved(output, output.revision, output.revision)
    output.revision += 1
    output.changed_at = at
    output.full_clean(exclude=["edition", "base_edition"])
    output.save()
    keep(output, text, account=account, automatic=automatic, at=at)
    if changes.keys() & set(TEXT):
        citing.refresh(output)
        work_citing.refresh(output)
    if not automatic:
        shown = {name: change for name, change in changes.items() if name != "body"}
        if "body" in changes:
            shown["body"] = (f"r{started_from}", f"r{output.revision}")
        fact = OutputEdited(output_id=output.pk, revision=output.revision)
        record(fact, by=by, at=at, touched=[Touched(output, shown)])
    return Saved(output, output.revision, sent_as if merged else output.revision, merged=merged)


def text_of(thing: Any) -> dict[str, str]:
    """The words of an output, a save, an edition or a left text."""
    return {name: getattr(thing, name) for name in TEXT}


def _described(output: Output) -> dict[str, Any]:
    return text_of(output) | {name: getattr(output, name) for name in PARTICULARS}


def keep(output: Output, text: dict[str, str], *, account: Account | None, automatic: bool, at: datetime) -> None:
    """Keep a text as the save of the output's present revision."""
    Save.objects.create(output=output, revision=output.revision, by=account, at=at, automatic=automatic, **text)


def _wrote_before(account: Account, output: Output) -> bool:
    return rules.is_writer(account.person, output) or Save.objects.filter(output=output, by=account).exists()


def _leave(output: Output, text: dict[str, str], *, started_from: int, account: Account, at: datetime) -> LeftText:
    """Keep a text beside; the same text once only, however often the editor sends it."""
    known = LeftText.objects.filter(output=output, by=account, settled_at=None, **text).first()
    return known or LeftText.objects.create(
        output=output, by=account, at=at, started_from=started_from, met=output.revision, **text
    )


def _merge(output: Output, text: dict[str, str], started_from: int) -> dict[str, str] | None:
    """Both texts in one where they touch different lines; None where they do not fit."""
    base = Save.objects.filter(output=output, revision=started_from).first()
    if base is None:
        return None
    combined = {}
    for name in TEXT:
        both = both_texts(getattr(base, name), getattr(output, name), text[name])
        if both is None:
            return None
        combined[name] = both
    return combined


def settle_left(left: LeftText, *, account: Account, at: datetime) -> None:
    """What was needed from a left text has been taken over, or nothing of it is needed."""
    rules.check_may_settle_left(account, left, on=timezone.localdate(at))
    LeftText.objects.filter(pk=left.pk, settled_at=None).update(settled_at=at)
