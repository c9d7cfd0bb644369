"""Where an old address leads, and how often it was asked for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account


class Redirect(models.Model):
    """An address that is not ours any more leads to another one. Answered only where nothing else answers."""

    old = models.CharField(_("old address"), max_length=400, unique=True)  # "/alt/seite", perhaps "?id=12" behind it
    new = models.CharField(_("new address"), max_length=600)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old"]
        constraints = [
            models.CheckConstraint(condition=Q(old__startswith="/") & ~Q(old="/"), name="redirect_from_our_address"),
            models.CheckConstraint(
                condition=(Q(new__startswith="/") & ~Q(new__startswith="//")) | Q(new__startswith="https://"),
                name="redirect_to_known_address",
            ),
            models.CheckConstraint(condition=~Q(new=F("old")), name="redirect_not_to_itself"),
        ]
        indexes = [models.Index(fields=["new"])]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Hits(models.Model):
    """How often a redirect was followed in a month: a number, nothing about who."""

    redirect = models.ForeignKey(Redirect, on_delete=models.CASCADE, related_name="hits")
    month = models.DateField()  # its first day
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("uses of a redirect")
        ordering = ["redirect", "-month"]
        constraints = [models.UniqueConstraint(fields=["redirect", "month"], name="redirect_hits_once_a_month")]

    def __str__(self) -> str:
        return f"{self.redirect_id} {self.month:%Y-%m}: {self.number}"
