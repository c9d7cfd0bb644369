"""Styles of citation that staff bring in: tried out before they are kept, kept as long as a text uses them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import rules
from .facts import StyleAdded, StyleRemoved
from .models import Output, Reference, Style
from .styling import SHIPPED, check_style


def add_style(content: bytes, *, account: Account, by: Actor, at: datetime) -> Style:
    """Keep a style. Raises ``Refusal`` where the file is none, or is known already."""
    rules.check_may_keep_styles(account, on=timezone.localdate(at))
    title, named = check_style(content)
    key = slugify(named)[:80] or "stil"
    with transaction.atomic():
        if key in SHIPPED or Style.objects.filter(key=key).exists():
            raise Refusal(_("The style “%s” is there already.") % title)
        style = Style.objects.create(
            key=key, title=title, csl=content.decode("utf-8-sig", errors="replace"), added_at=at, added_by=account
        )
        record(StyleAdded(style_id=style.pk), by=by, at=at, touched=[style])
    return style


def remove_style(style: Style, *, account: Account, by: Actor, at: datetime) -> None:
    """Let a style go. Raises ``NotNow`` as long as a text is written in it."""
    rules.check_may_keep_styles(account, on=timezone.localdate(at))
    with transaction.atomic():
        used = Output.objects.filter(style=style.key).order_by("title").first()
        if used is not None:
            raise NotNow(_("“%s” is written in this style; give it another one first.") % used.title)
        record(StyleRemoved(key=style.key), by=by, at=at)
        Reference.objects.filter(style=style.key).delete()
        style.delete()
