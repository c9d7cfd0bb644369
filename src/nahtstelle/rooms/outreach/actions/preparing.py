"""A dispatch while it is being prepared."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.rooms.outputs.models import Output

from .. import rules
from ..facts import DispatchCancelled, DispatchPrepared
from ..models import Dispatch

State = Dispatch.State
WORDS = ("subject_de", "subject_en", "intro_de", "intro_en", "ask_until", "roles")
SETS = ("programmes", "regions", "themes")


def prepare(bulletin: Output, *, account: Account, by: Actor, at: datetime, **values: Any) -> Dispatch:
    """Begin a dispatch that leads to a published text (or one on its way there).

    ``values`` are the fields of ``WORDS`` and ``SETS``. Raises ``ValidationError`` where one of them is unusable.
    """
    rules.check_may_prepare(account, on=timezone.localdate(at))
    rules.check_can_be_read(bulletin)
    with transaction.atomic():
        sets = {name: values.pop(name, ()) for name in SETS}
        dispatch = Dispatch(bulletin=bulletin, prepared_at=at, prepared_by=account, **values)
        _check_words(dispatch)
        dispatch.save()
        for name, chosen in sets.items():
            getattr(dispatch, name).set(chosen)
        record(DispatchPrepared(dispatch_id=dispatch.pk, revision=1), by=by, at=at, touched=[dispatch, bulletin])
    return dispatch


def change(dispatch: Dispatch, *, revision: int, account: Account, by: Actor, at: datetime, **values: Any) -> Dispatch:
    """Change a dispatch in preparation; ``revision`` is the one the form was filled from.

    Raises ``NotNow`` where somebody else changed it meanwhile.
    """
    rules.check_may_prepare(account, on=timezone.localdate(at))
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_can_be_changed(dispatch)
        if dispatch.revision != revision:
            raise NotNow(_("Somebody changed this dispatch while your form was open. Please look at it again."))
        before = _described(dispatch)
        for name in SETS:
            if name in values:
                getattr(dispatch, name).set(values.pop(name))
        for name, value in values.items():
            setattr(dispatch, name, value)
        dispatch.revision += 1
        _check_words(dispatch)
        dispatch.save()
        record(
            DispatchPrepared(dispatch_id=dispatch.pk, revision=dispatch.revision), by=by, at=at,
            touched=[Touched(dispatch, changes_between(before, _described(dispatch)))],
        )  # fmt: skip
    return dispatch


def _check_words(dispatch: Dispatch) -> None:
    dispatch.clean_fields(exclude={field.name for field in Dispatch._meta.fields} - set(WORDS))
    if unknown := set(dispatch.roles) - set(Engagement.Role.values):
        raise ValidationError({"roles": [_("Unknown role: %s") % ", ".join(sorted(unknown))]})


def _described(dispatch: Dispatch) -> dict[str, Any]:
    words = {name: getattr(dispatch, name) for name in WORDS}
    words["roles"] = list(dispatch.roles)
    for name in SETS:
        words[name] = sorted(getattr(dispatch, name).values_list("key", flat=True))
    return words


def cancel(dispatch: Dispatch, *, why: str, account: Account, by: Actor, at: datetime) -> Dispatch:
    """Give a dispatch up before its letters are written; its list is not kept."""
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_cancel(account, dispatch, on=timezone.localdate(at))
        before, dispatch.state = dispatch.state, State.CANCELLED
        dispatch.save(update_fields=["state"])
        dispatch.recipients.all().delete()
        record(
            DispatchCancelled(dispatch_id=dispatch.pk), by=by, at=at, why=why.strip(),
            touched=[Touched(dispatch, {"state": (before, State.CANCELLED)})],
        )  # fmt: skip
    return dispatch
