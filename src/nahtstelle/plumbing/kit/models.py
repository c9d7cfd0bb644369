"""What every room builds on: dated things, and forms that may arrive twice."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    def on(self, day: date) -> "DatedQuerySet":
        """Those valid on ``day``; both ends belong to the span, an open end has no bound."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class Dated(models.Model):
    """Something that is so from a day until a day, both included; an empty end is open."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )


class Submission(models.Model):
    """A form that was carried out: the same form sent again leads to the same result instead of a second one."""

    key = models.UUIDField(primary_key=True)
    result = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("carried-out form")

    def __str__(self) -> str:
        return self.result
