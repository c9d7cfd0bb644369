"""Bodies: carriers, authorities, chambers, migrant organisations, companies. And who belongs to them, when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.models import Dated, DatedQuerySet
from nahtstelle.register.people.models import Person
from nahtstelle.register.vocabulary.models import Concept


class Organisation(Dated):
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=250)
    kind = models.ForeignKey(
        Concept, on_delete=models.PROTECT, related_name="+", verbose_name=_("stakeholder kind"),
        limit_choices_to={"facet__key": "stakeholder"},
    )  # fmt: skip
    region = models.ForeignKey(
        Concept, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("region"),
        limit_choices_to={"facet__key": "region"},
    )  # fmt: skip
    website = models.URLField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A person works for, or speaks for, an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    function = models.CharField(_("function"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("membership")
        indexes = [models.Index(fields=["organisation", "person"])]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"
