"""Invitations: an address is asked to take a role, at the centre or in a project.

Owner of the data: the centre. Purpose: to let somebody in. Removed a year after it was accepted, withdrawn or ran out.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import LANGUAGES, Account, CentreRole, Person
from nahtstelle.register.programmes.models import Engagement, Project


class Invitation(models.Model):
    mail = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="de")
    words = models.TextField(_("words to the person"), blank=True)
    # One of the two: a role at the centre, or a role in a project.
    centre_role = models.CharField(_("role"), max_length=20, choices=CentreRole.Role.choices, blank=True)
    project_role = models.CharField(_("role"), max_length=24, choices=Engagement.Role.choices, blank=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="+")
    last_day = models.DateField(_("last day of the role"), null=True, blank=True)
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    until = models.DateTimeField()  # the end of the link in the last letter
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        indexes = [models.Index(fields=["project"]), models.Index(fields=["until"])]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(centre_role="") & Q(project_role="", project__isnull=True))
                | (Q(centre_role="", project__isnull=False) & ~Q(project_role="")),
                name="invitation_to_one_role",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.UniqueConstraint(
                Lower("mail"), F("centre_role"), F("project_role"), F("project"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True, project__isnull=False),
                name="invitation_to_project_once",
            ),
            # NULL differs from NULL in a unique constraint.
            models.UniqueConstraint(
                Lower("mail"), F("centre_role"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True, project__isnull=True),
                name="invitation_to_centre_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.mail}: {self.role}"

    @property
    def role(self) -> str:
        """The role's name, in the active language."""
        return str(self.get_centre_role_display() or self.get_project_role_display())

    @property
    def about(self) -> str:
        """How its links are found again."""
        return f"invitation:{self.pk}"
