"""What the centre publishes: structured texts with an owner, a Stand, citations of law and of works, and a life from draft to withdrawal.

``Output`` holds the working text; readers see the ``Edition`` that was published last. Every accepted save is a ``Save``,
so that two people writing at once can be merged and nothing typed is lost.
"""

from .outputs import Attachment, Authorship, Output
from .publishing import Drawing, Edition, ReaderCheck, Step
from .texts import DOSSIER_KIND, EASY_LANGUAGES, LANGUAGES, PAGE_KIND, Text
from .waves import DUTY_KIND, SUBJECT_KIND, Citation, Impact, Wave, cause_of
from .works import Reference, Style, WorkCitation
from .writing import BroughtIn, LeftText, Save

__all__ = [
    "DOSSIER_KIND",
    "DUTY_KIND",
    "EASY_LANGUAGES",
    "LANGUAGES",
    "PAGE_KIND",
    "SUBJECT_KIND",
    "Attachment",
    "Authorship",
    "BroughtIn",
    "Citation",
    "Drawing",
    "Edition",
    "Impact",
    "LeftText",
    "Output",
    "ReaderCheck",
    "Reference",
    "Save",
    "Step",
    "Style",
    "Text",
    "Wave",
    "WorkCitation",
    "cause_of",
]
