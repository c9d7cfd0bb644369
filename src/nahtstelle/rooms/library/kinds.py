"""Kinds of publication as readers call them; the keys are types of CSL 1.0.2."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "article-journal": _("journal article"),
    "article": _("preprint or discussion paper"),
    "article-magazine": _("magazine article"),
    "article-newspaper": _("newspaper article"),
    "book": pgettext_lazy("publication", "book"),
    "chapter": _("chapter in a book"),
    "paper-conference": _("conference paper"),
    "thesis": _("thesis"),
    "report": pgettext_lazy("publication", "report"),
    "collection": _("edited volume"),
    "dataset": _("data set"),
    "webpage": _("web page"),
    "post-weblog": _("blog post"),
    "legislation": _("legal text"),
    "legal_case": _("court decision"),
    "speech": _("talk"),
    "periodical": _("periodical"),
    "entry-encyclopedia": _("encyclopedia entry"),
    "manuscript": _("manuscript"),
    "patent": _("patent"),
    "software": _("software"),
    "document": _("other publication"),
}


def kind_label(kind: str) -> str:
    return str(KINDS.get(kind, kind.replace("-", " ").replace("_", " ")))
