"""What this room answers to questions from below."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outputs.questions import Offer

from . import rules
from .models import Dispatch


def offers_for_output(output: Output, reader: Any) -> Iterable[Offer]:
    """Tell those concerned about a published text; dispatches that are on their way."""
    if not may(rules.check_may_prepare, reader, on=timezone.localdate()) or output.edition_id is None:
        return
    for dispatch in output.dispatches.exclude(state=Dispatch.State.CANCELLED).order_by("-id"):
        label = _("Dispatch: %s") % dispatch.get_state_display()
        yield Offer(label, reverse("outreach:dispatch", args=[dispatch.pk]))
    yield Offer(_("Tell those concerned"), reverse("outreach:new", args=[output.slug]))
