"""Searches whose news somebody wants to hear of."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import LANGUAGES, Person


class SavedSearch(models.Model):
    """A search kept by a person with an account, or by an e-mail address alone.

    Owner of the address: whoever gave it. Purpose: telling them of news on this search. End: they say no more, or the
    address was not confirmed within a week; then the row is deleted.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")
        MONTHLY = "monthly", _("once a month")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="saved_searches")
    mail = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="de")
    query = models.CharField(max_length=2000)  # as the address of the search carries it
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # at once for a person with an account
    checked_at = models.DateTimeField()  # what changed after it is news
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, mail="") | (Q(person__isnull=True) & ~Q(mail="")),
                name="search_saved_by_person_or_mail",
            ),
            models.UniqueConstraint(
                fields=["person", "query"], condition=Q(person__isnull=False), name="search_saved_once_by_person"
            ),
            models.UniqueConstraint(Lower("mail"), "query", condition=~Q(mail=""), name="search_saved_once_by_mail"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(confirmed_at__isnull=False), name="search_saved_due")]

    def __str__(self) -> str:
        return self.query[:80]
