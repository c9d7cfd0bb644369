"""The second factors of accounts. Owner of the data: the person. They end with the factor or with the account."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account


class Factor(models.Model):
    """Something a person has, besides the password: an authenticator app or a passkey."""

    class Kind(models.TextChoices):
        APP = "app", _("authenticator app")
        PASSKEY = "passkey", _("passkey")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # An app: the secret both sides share, sealed with the house's key; and the last time step used, so that no code
    # is good twice.
    sealed_secret = models.TextField(blank=True)
    last_step = models.BigIntegerField(default=0)
    # A passkey: its name for the browser, its public key, and how often it signed.
    credential = models.CharField(max_length=400, null=True, unique=True)  # noqa: DJ001 - NULL where there is none
    public_key = models.BinaryField(default=b"")
    sign_count = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("second factor")
        ordering = ["id"]
        indexes = [models.Index(fields=["account"])]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="app", credential__isnull=True) & ~Q(sealed_secret=""))
                | Q(kind="passkey", credential__isnull=False, sealed_secret=""),
                name="factor_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class RecoveryCode(models.Model):
    """A code for the day on which the phone is gone; only its digest is kept, and it is good once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.account_id}"
