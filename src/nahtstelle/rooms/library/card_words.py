"""What assessment cards and open questions tell people: the sentences of their duties and notices."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.duties import kinds as duty_kinds
from nahtstelle.register.notices import kinds as notice_kinds

SECOND_DUTY = "library.second-card"
QUESTION_DUTY = "library.answer-question"
SECOND_NOTICE = "library.card-given"
STEP_NOTICE = "library.card-step"
QUESTION_NOTICE = "library.question-given"
CARD, QUESTION = "library.card", "library.openquestion"


def declare() -> None:
    """Called once at start."""
    duty_kinds.declare(
        SECOND_DUTY, label=_("Second review of a card"), sentence=_("Review the assessment card of “%(title)s”")
    )
    duty_kinds.declare(QUESTION_DUTY, label=_("Open question"), sentence=_("Answer the open question “%(title)s”"))
    cards = _("Assessment cards")
    notice_kinds.declare(
        SECOND_NOTICE,
        label=cards,
        sentence=_("%(who)s asks you to review the assessment card of “%(title)s” by %(due_on)s."),
    )
    notice_kinds.declare(
        STEP_NOTICE, label=cards, sentence=_("The assessment card of “%(title)s”: %(step)s by %(who)s.")
    )
    notice_kinds.declare(
        QUESTION_NOTICE, label=_("Open questions"),
        sentence=_("%(who)s has given you an open question: “%(title)s”, until %(due_on)s."),
    )  # fmt: skip
