"""Links that work once: which were given out, which were used or taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OnceLink(models.Model):
    """A link that is good once. ``about`` names what it is for, so that all of one thing can be taken back."""

    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("link that is good once")
        indexes = [models.Index(fields=["purpose", "about", "made_at"]), models.Index(fields=["until"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(taken_back_at__isnull=True),
                name="once_link_used_or_taken_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.about})"
