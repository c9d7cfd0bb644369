"""Files under the digest of their bytes: the same bytes twice are one file, kept until it is forgotten (``actions.forget``)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the bytes, hexadecimal
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.CharField(max_length=100)
    path = models.CharField(max_length=200)  # below MEDIA_ROOT
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kept file")

    def __str__(self) -> str:
        return self.path
