"""What is said of the sender of a mail that came in, wherever it is shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.mails.values import Sender as Judged


class Sender(models.TextChoices):
    """Whether the sender's address is what it claims to be, as our own mail server judged."""

    VERIFIED = Judged.VERIFIED.value, _("sender verified")
    UNVERIFIED = Judged.UNVERIFIED.value, _("sender not verified")
    FORGED = Judged.FORGED.value, _("sender probably forged")


TONES = {Sender.VERIFIED: "success", Sender.UNVERIFIED: "neutral", Sender.FORGED: "danger"}


def sender_badge(sender: str) -> dict[str, str]:
    return {"label": str(Sender(sender).label), "tone": TONES[Sender(sender)]}
