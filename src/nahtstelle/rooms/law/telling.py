"""What a command says while it imports, and at the end."""

import time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from nahtstelle.plumbing.ledger.actors import Actor

from . import carrying, importing
from .models import Change, Import, ImportItem, Law
from .sentences import sentence_for

SECONDS_BETWEEN = 5.0
TROUBLES_SHOWN = 20


# An operator's commands speak English throughout, the sentences of rules included.
in_english = override("en")


class Telling:
    """Writes to a command's output: progress every few seconds, a summary at the end."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self._last = time.monotonic()

    def now_and_then(self, words: str, *, at: float) -> None:
        """Say it, unless something was said a moment ago."""
        if at - self._last >= SECONDS_BETWEEN:
            self._last = at
            self.out.write(words)
            self.out.flush()

    def carry(self, batch: Import, *, confirm: bool, by: Actor) -> None:
        """Have the listed import checked, with ``confirm`` also taken in, and say what came of it."""
        if not self._until_stop(batch, "checked"):
            return
        if batch.state == Import.State.PREVIEW and confirm and self._anything_to_take(batch):
            importing.confirm(batch, by=by, at=timezone.now())
            if not self._until_stop(batch, "taken in"):
                return
        self.summary(batch)

    def _until_stop(self, batch: Import, word: str) -> bool:
        def say(ready: int, total: int) -> None:
            self.now_and_then(f"{ready} of {total} files {word}", at=time.monotonic())

        ended = carrying.carry_on(batch, clock=timezone.now, pause=time.sleep, say=say)
        if not ended:
            self.out.write("Some files are left; the worker goes on with them. See the import's page.")
        return ended

    def _anything_to_take(self, batch: Import) -> bool:
        return batch.items.exclude(state=ImportItem.State.REFUSED).exists()

    def summary(self, batch: Import) -> None:
        items = batch.items.all()
        counted = {
            "laws not yet known": ImportItem.State.NEW_LAW,
            "newer readings": ImportItem.State.NEWER,
            "older readings filed in their place": ImportItem.State.LATE,
            "known already": ImportItem.State.SAME,
            "refused": ImportItem.State.REFUSED,
        }
        number = items.count()
        self.out.write(f"{number} {'file' if number == 1 else 'files'} of {batch.seen_on}: {batch.get_state_display()}")
        for words, state in counted.items():
            self.out.write(f"  {items.filter(state=state).count():>6}  {words}")
        if batch.state == Import.State.DONE:
            changes = Change.objects.filter(reading__items__batch=batch, substance=True)
            self.out.write(f"  {changes.count():>6}  provisions changed in substance")
            if batch.complete:
                lacking = Law.objects.filter(missing_since=batch.seen_on).count()
                self.out.write(f"  {lacking:>6}  laws missing from this delivery")
        refused = items.filter(state=ImportItem.State.REFUSED).order_by("name")
        for item in refused[:TROUBLES_SHOWN]:
            sentence = sentence_for(item.trouble_code, item.preview.get("details", {}), item.trouble)
            self.out.write(f"  {item.name}: {sentence}")
        if refused.count() > TROUBLES_SHOWN:
            self.out.write(f"  and {refused.count() - TROUBLES_SHOWN} more")
        if batch.state == Import.State.PREVIEW:
            self.out.write(f"Nothing was changed yet. To confirm: {reverse('law:import', args=[batch.pk])}")
