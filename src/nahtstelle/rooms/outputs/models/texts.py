"""What every kept text of this room is: words in a language."""

import hashlib
import json

from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("de", _("German")),
    ("en", _("English")),
    ("de-x-leicht", _("Leichte Sprache")),
    ("de-x-einfach", _("Einfache Sprache")),
]
# Forms of German that test readers have to check before anybody may call them so.
EASY_LANGUAGES = frozenset({"de-x-leicht", "de-x-einfach"})
# The kind of what stands in a fixed place of the site: it has all of an output's life and is in no list of publications.
PAGE_KIND = "out-page"
# A state of knowledge whose sentences each carry their sources.
DOSSIER_KIND = "out-dossier"


class Text(models.Model):
    """The words of an output at one moment. ``body`` is Markdown in the dialect of docs/reference/text.md."""

    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True)

    class Meta:
        abstract = True

    @property
    def digest(self) -> str:
        """The same for the same words, wherever they are kept."""
        words = json.dumps([self.title, self.summary, self.body], ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()
