"""Bringing in a Word file: read, shown, and only then taken over, into a new text or a draft."""

import uuid
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from nahtstelle.engines.wordfiles import Loss, Picture, WordText, WordTrouble, read_word
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import actions, attaching, rules
from .actions.saving import Saved
from .models import BroughtIn, Output

KEPT = timedelta(days=1)
MOST_WAITING = 5
LONGEST_NAME = 200
TROUBLES = {
    "empty": gettext_lazy("The file is empty."),
    "not-word": gettext_lazy("This is not a Word file; please give a .docx."),
    "old-format": gettext_lazy("This is a file of an old Word (.doc); please save it as .docx in Word and give that."),
    "protected": gettext_lazy("This file is protected with a password; please save it without one."),
    "macros": gettext_lazy("This file holds macros; please save it as .docx, which holds none."),
    "damaged": gettext_lazy("This file is damaged: Word itself could not open it. Please save it anew and try again."),
    "too-large": gettext_lazy("Unpacked, this file is far larger than a text can be; it was not read."),
}


@lru_cache(maxsize=2)  # whoever gave a file looks at it, at its pictures, and takes it over: the same file each time
def read(content: bytes, *, language: str, key: uuid.UUID) -> WordText:
    """The text of a file, its pictures under names that no other file of the text has.

    Raises ``Refusal`` with a sentence where it cannot be read.
    """
    with override("en" if language == "en" else "de"):
        notes_title = _("Footnotes")
    try:
        found = read_word(content, notes_title=notes_title)
    except WordTrouble as trouble:
        raise Refusal(TROUBLES[trouble.code]) from trouble
    if not found.body.strip() and not found.title:
        raise Refusal(_("There is no text in this file."))
    body, pictures = found.body, []
    for picture in found.pictures:
        name = picture.name.replace("bild-", f"bild-{key.hex[:6]}-")
        body = body.replace(f"]({picture.name})", f"]({name})")
        pictures.append(Picture(name, picture.content, picture.media_type, picture.alternative))
    renamed = {old.name: new.name for old, new in zip(found.pictures, pictures, strict=True)}
    losses = tuple(
        Loss(loss.code, loss.number, tuple(renamed.get(sample, sample) for sample in loss.samples))
        for loss in found.losses
    )
    return WordText(found.title, found.summary, body, found.headings, losses, tuple(pictures))


def lay_down(
    content: bytes, *, name: str, kind: Any, language: str, output: Output | None, account: Account, at: datetime
) -> BroughtIn:
    """Keep a file until its giver has looked at what became of it. Nothing else is written.

    Raises ``Refusal`` where it cannot be read, or where its giver may not write.
    """
    if output is None:
        rules.check_may_start(account, on=timezone.localdate(at))
    else:
        rules.check_may_edit(account, output, on=timezone.localdate(at))
    key = uuid.uuid4()
    read(content, language=language, key=key)
    with transaction.atomic():
        waiting = BroughtIn.objects.filter(by=account).order_by("-at").values_list("pk", flat=True)
        BroughtIn.objects.filter(pk__in=list(waiting)[MOST_WAITING - 1 :]).delete()
        return BroughtIn.objects.create(
            key=key, by=account, at=at, name=name[-LONGEST_NAME:], content=content, kind=kind, language=language,
            output=output, started_from=output.revision if output else None,
        )  # fmt: skip


def take_new(brought: BroughtIn, *, text: dict[str, str], account: Account, by: Actor, at: datetime) -> Output:
    """Start a text with it. Its Stand is left open: nobody has checked it here yet."""
    if brought.output_id is not None:
        raise NotNow(_("This file is meant for another text."))
    with transaction.atomic():
        output = actions.start(
            title=text["title"], summary=text["summary"], body=text["body"], kind=brought.kind,
            language=brought.language, account=account, by=by, at=at,
        )  # fmt: skip
        _attach(brought, output, text["body"], account=account, by=by, at=at)
        throw_away(brought)
    return output


def take_over(brought: BroughtIn, *, text: dict[str, str], account: Account, by: Actor, at: datetime) -> Saved:
    """Make it the next save of its draft; where somebody wrote there meanwhile, both texts are kept as always."""
    output, started_from = brought.output, brought.started_from
    if output is None or started_from is None:
        raise NotNow(_("This file is meant for a new text."))
    with transaction.atomic():
        saved = actions.save(output, started_from=started_from, text=text, account=account, by=by, at=at)
        _attach(brought, output, text["body"], account=account, by=by, at=at)
        throw_away(brought)
    return saved


def _attach(brought: BroughtIn, output: Output, body: str, *, account: Account, by: Actor, at: datetime) -> None:
    for picture in read(bytes(brought.content), language=brought.language, key=brought.key).pictures:
        if f"({picture.name}" in body:
            attaching.attach(
                output, name=picture.name, content=picture.content, media_type=picture.media_type,
                title=picture.alternative[:300] or picture.name, alternative=picture.alternative, account=account, by=by,
                at=at,
            )  # fmt: skip


def throw_away(brought: BroughtIn) -> None:
    """It is needed no longer, in the database or in the memory of this process."""
    brought.delete()
    read.cache_clear()


def sweep_brought_in(*, by: Actor, at: datetime) -> int:
    """Forget files that nobody confirmed within a day; their number."""
    read.cache_clear()
    return BroughtIn.objects.filter(at__lt=at - KEPT).delete()[0]
