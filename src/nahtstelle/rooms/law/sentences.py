"""What the law-text engine complains of, in the reader's language."""

from django.utils.translation import gettext as _

from nahtstelle.engines.lawtext.values import LawTextError


def sentence_of(trouble: LawTextError) -> str:
    """The engine's sentence, translated where we know its code."""
    return _(str(trouble)) if trouble.args else _("The file cannot be read as a law.")
