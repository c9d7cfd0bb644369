"""Persons, their accounts, and the dated roles they hold at the centre."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.models import Dated, DatedQuerySet
from nahtstelle.plumbing.ledger.actors import Actor

LANGUAGES = [("de", _("German")), ("en", _("English"))]


class Person(models.Model):
    """Someone the centre deals with. Owner of the data: the centre. Purpose: co-operation in the programmes.

    ``ends_on`` is the day on which the purpose ends and the data are due for erasure; empty while the person works
    with us.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    mail = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="de")
    ends_on = models.DateField(null=True, blank=True)
    # Set once and for ever: nothing about them is left but what they did (see actions.erase_person).
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("mail"), condition=~Q(mail=""), name="person_mail_unique"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(mail="", ends_on__isnull=True), name="person_erased_has_no_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, mail: str | None) -> "Account":
        return self.get(mail__iexact=mail)


class Account(AbstractBaseUser):
    """A way in for one person. Rights come from dated roles, not from flags on the account."""

    mail = models.EmailField(_("e-mail"), unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)  # raising it ends every session

    objects = AccountManager()

    USERNAME_FIELD = "mail"
    EMAIL_FIELD = "mail"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("account")
        constraints = [models.UniqueConstraint(Lower("mail"), name="account_mail_unique")]

    def __str__(self) -> str:
        return self.mail

    def get_session_auth_hash(self) -> str:
        """A session goes on while this stays the same: until the password or a second factor changes."""
        by_password = super().get_session_auth_hash()
        if not self.session_epoch:
            return by_password
        return salted_hmac("nahtstelle.people.session", f"{by_password}:{self.session_epoch}").hexdigest()

    @property
    def actor(self) -> Actor:
        return Actor(ref=f"account:{self.pk}", label=self.person.name)


class CentreRole(Dated):
    """A role at the centre, from a day until a day; it ends by itself."""

    class Role(models.TextChoices):
        LEAD = "centre-lead", _("head of the centre")
        LEGAL = "legal-officer", _("legal officer")
        RESEARCHER = "researcher", _("researcher")
        EDITOR = "editor", _("editor")
        COORDINATOR = "coordinator-desk", _("coordinator")
        ADMINISTRATOR = "administrator", _("administrator")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="centre_roles")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("role at the centre")
        indexes = [models.Index(fields=["person", "role"])]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_role_display()}"
