"""Keeping redirects."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import queries, rules
from .facts import RedirectDropped, RedirectSet, RedirectsImported
from .models import Hits, Redirect
from .rows import Row
from .ways import Ways

FIELDS = ("old", "new", "note")


def set_redirect(
    redirect: Redirect | None, *, old: str, new: str, note: str, account: Account, by: Actor, at: datetime
) -> Redirect:
    """Add a redirect, or change one. Raises ``Refusal`` or ``NotYours``."""
    on = timezone.localdate(at)
    with transaction.atomic():
        rules.check_may_keep_redirects(account, on=on)
        others = queries.ways()
        before: dict[str, str] = {}
        if redirect is not None:
            redirect = Redirect.objects.select_for_update().get(pk=redirect.pk)
            before = {name: getattr(redirect, name) for name in FIELDS}
            others.drop(redirect.old)
        if old in others:
            raise Refusal(_("This old address is redirected already."))
        if before.get("new") != new:
            rules.check_may_lead_to(account, new, on=on)
        rules.check_way(old, new, others)
        redirect = redirect or Redirect(made_at=at, made_by=account)
        redirect.old, redirect.new, redirect.note = old, new, note
        try:
            with transaction.atomic():
                redirect.save()
        except IntegrityError:
            raise Refusal(_("This old address is redirected already.")) from None  # somebody was quicker
        changes = changes_between(before, {name: getattr(redirect, name) for name in FIELDS})
        record(RedirectSet(redirect_id=redirect.pk), by=by, at=at, touched=[Touched(redirect, changes)])
    return redirect


def drop(redirect: Redirect, *, account: Account, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        rules.check_may_keep_redirects(account, on=timezone.localdate(at))
        row = Redirect.objects.select_for_update().filter(pk=redirect.pk).first()
        if row is None:
            return  # somebody was quicker
        changes = {name: (getattr(row, name), "") for name in FIELDS}
        record(RedirectDropped(redirect_id=row.pk), by=by, at=at, touched=[Touched(row, changes)])
        row.delete()


def take_in(rows: Sequence[Row], *, account: Account, by: Actor, at: datetime) -> int:
    """Keep the rows of a file that were found good; an old address that is known gets its new way. The number kept.

    Each row is judged again, against those before it.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        rules.check_may_keep_redirects(account, on=on)
        known = {one.old: one for one in Redirect.objects.select_for_update()}
        ways = Ways((old, one.new) for old, one in known.items())
        changed: list[Redirect] = []
        made: list[Redirect] = []
        for row in rows:
            rules.check_may_lead_to(account, row.new, on=on)
            rules.check_way(row.old, row.new, ways)
            ways.put(row.old, row.new)
            if row.old in known:
                known[row.old].new, known[row.old].note = row.new, row.note
                changed.append(known[row.old])
            else:
                made.append(Redirect(old=row.old, new=row.new, note=row.note, made_at=at, made_by=account))
        Redirect.objects.bulk_update(changed, ["new", "note"], batch_size=300)
        made = Redirect.objects.bulk_create(made, batch_size=300)
        record(RedirectsImported(count=len(rows)), by=by, at=at, touched=[*changed, *made])
    return len(rows)


def count_hit(redirect: Redirect, *, on: date) -> None:
    """One more reader came by the old address this month."""
    month = on.replace(day=1)
    rows = Hits.objects.filter(redirect=redirect, month=month)
    if rows.update(number=F("number") + 1):
        return
    try:
        with transaction.atomic():
            Hits.objects.create(redirect=redirect, month=month, number=1)
    except IntegrityError:
        rows.update(number=F("number") + 1)  # another reader was first this month
