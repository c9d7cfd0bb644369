"""Laws, the names people use for them, and who keeps an eye on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Person


class Law(models.Model):
    """A law or ordinance. Three names: what people cite, what the portal calls it, and the file's slug."""

    slug = models.SlugField(max_length=120, unique=True)
    citation = models.CharField(max_length=120)  # AufenthG
    portal_name = models.CharField(max_length=200)  # AufenthG 2004
    short_title = models.CharField(max_length=300, blank=True)  # Aufenthaltsgesetz
    long_title = models.TextField()
    enacted = models.DateField(null=True)
    gazette = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=40, blank=True)
    # A complete crawl did not contain it on that day. That is not a repeal.
    missing_since = models.DateField(null=True)

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        ordering = ["citation"]
        indexes = [models.Index(fields=["citation"])]

    def __str__(self) -> str:
        return self.citation


class LawName(models.Model):
    """A name somebody uses for a law; ``source`` tells the file's own names from those staff added."""

    class Source(models.TextChoices):
        FILE = "file", _("from the official file")
        STAFF = "staff", _("added by staff")

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500)  # lower case, single spaces
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.FILE)

    class Meta:
        verbose_name = _("name of a law")
        constraints = [models.UniqueConstraint(fields=["law", "folded"], name="law_name_once")]
        indexes = [models.Index(fields=["folded"])]

    def __str__(self) -> str:
        return self.name


class Watch(models.Model):
    """A person keeps an eye on a law: told of every amendment and announcement."""

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="watches")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="watches")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("watched law")
        constraints = [models.UniqueConstraint(fields=["law", "person"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.person} – {self.law}"
