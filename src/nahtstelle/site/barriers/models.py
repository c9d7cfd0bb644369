"""A barrier somebody reported, until the time has come to forget who."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account


class Report(models.Model):
    """What somebody wrote of a barrier.

    Name, mail and words are personal data: kept to answer, and forgotten on ``forget_on``. What page it was, when, and
    what was done stays.
    """

    page = models.CharField(_("page"), max_length=400, blank=True)
    words = models.TextField(_("what does not work"), blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    mail = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=12, default="de")
    # A number made from the connection with a key of the day, against floods; kept for a day.
    origin = models.CharField(max_length=32, blank=True)
    reported_at = models.DateTimeField()
    forget_on = models.DateField()
    forgotten_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("what was done"), blank=True)

    class Meta:
        verbose_name = _("reported barrier")
        verbose_name_plural = _("reported barriers")
        ordering = ["-reported_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="report_answered_says_how",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(words="", name="", mail="", origin=""),
                name="report_forgotten_holds_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["forget_on"], condition=Q(forgotten_at__isnull=True), name="report_to_forget"),
            models.Index(fields=["reported_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.page or '–'} ({self.reported_at:%Y-%m-%d})"
