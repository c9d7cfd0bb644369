"""A browser that sends twice: each form carries a key, and a key is carried out once."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django import forms
from django.db import transaction

from .models import Submission


class OnceForm(forms.Form):
    """A form with a key of its own; the same key sent again leads to the first result."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4


def once(key: uuid.UUID | None, act: Callable[[], str], *, at: datetime) -> str:
    """Carry out ``act`` (which returns an address) unless ``key`` already was; the address either way.

    ``act`` runs in the transaction that keeps the key, so a crash leaves neither.
    """
    if key is None:
        return act()
    known = Submission.objects.filter(pk=key).first()
    if known is not None:
        return known.result
    with transaction.atomic():
        _row, made = Submission.objects.get_or_create(pk=key, defaults={"result": "", "at": at})
        if not made:
            # The twin request won; the row is visible only once its transaction has ended.
            return Submission.objects.get(pk=key).result
        result = act()
        Submission.objects.filter(pk=key).update(result=result)
        return result
