"""What the interfaces remember: which records a harvester was ever shown, and the private addresses of calendars."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Person
from nahtstelle.rooms.outputs.models import Output


class HarvestRecord(models.Model):
    """An output that everybody could read once, as harvesters know it: kept for ever, also when it has gone.

    ``stamp`` is the moment at which what is said about it last changed; ``digest`` tells whether it did.
    """

    output = models.OneToOneField(Output, on_delete=models.SET_NULL, null=True, related_name="+")
    slug = models.SlugField(max_length=120, unique=True)  # as published; the last part of its OAI identifier
    stamp = models.DateTimeField()  # whole seconds, as the protocol counts
    deleted = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("harvested record")
        ordering = ["stamp", "id"]
        indexes = [models.Index(fields=["stamp", "id"])]

    def __str__(self) -> str:
        return self.slug


class HarvestGroup(models.Model):
    """A record belongs to an OAI set; a deleted one stays in those it belonged to."""

    record = models.ForeignKey(HarvestRecord, on_delete=models.CASCADE, related_name="groups")
    spec = models.CharField(max_length=120)  # "theme:th-arbeit"

    class Meta:
        verbose_name = _("set of harvested records")
        constraints = [models.UniqueConstraint(fields=["record", "spec"], name="harvest_group_once")]
        indexes = [models.Index(fields=["spec", "record"])]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.spec}"


class CalendarKey(models.Model):
    """The private address under which a calendar program reads one person's duties.

    Owner of the data: the person. Purpose: their own calendar. End: they take the address back, or leave.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_key")
    secret = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("private address of a calendar")

    def __str__(self) -> str:
        return str(self.person)
