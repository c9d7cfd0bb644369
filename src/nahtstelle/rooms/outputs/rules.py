"""Who may do what with an output, and in which state. Buttons, pages, commands and tests ask these same sentences.

The life of an output::

    draft → in review → signed off → (released by the funder) → published ⇄ under review → superseded | withdrawn

``progress`` is where the working text stands on the way to its next edition, ``state`` what readers have; so a published
output is edited beside its edition and goes the same way again.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rules import check_role, check_signed_in, check_staff
from nahtstelle.register.programmes.models import Engagement

from .asking import Question, open_questions
from .models import EASY_LANGUAGES, LeftText, Output, Save

Role = CentreRole.Role
State = Output.State
Progress = Output.Progress
LIVE = (State.PUBLISHED, State.UNDER_REVIEW, State.SUPERSEDED)
LEGAL_KINDS = {"out-law-bulletin", "out-legal-overview", "out-faq"}
SIGNERS = (Role.LEAD, Role.LEGAL, Role.EDITOR)
NAMED = 8  # questions a sentence names; more would be a page
# From the narrowest circle of readers to the widest.
CIRCLES = (Output.Audience.STAFF, Output.Audience.NETWORK, Output.Audience.PUBLIC)


def _person(account: object) -> Person:
    """Who asks. Raises ``NotYours`` for somebody who is not signed in."""
    check_signed_in(account)
    assert isinstance(account, Account)
    return account.person


def check_may_see_working_text(account: object, output: Output, *, on: date) -> None:
    """Staff, the owner and the authors see what is not published."""
    person = _person(account)
    if is_writer(person, output) or centre_roles(person, on=on) or is_releaser(person, output, on=on):
        return
    raise NotYours(_("This text is not published; only its authors and the staff of the centre see it."))


def is_writer(person: Person, output: Output) -> bool:
    return output.owner_id == person.pk or any(one.person_id == person.pk for one in output.authorships.all())


def check_may_start(account: object, *, on: date) -> None:
    check_role(
        account, list(Role), on=on, sentence=_("Only staff of the centre start an output; propose yours to an editor.")
    )


def check_may_edit(account: object, output: Output, *, on: date) -> None:
    """Owner, authors and editors write, while nobody is reviewing what they write."""
    person = _person(account)
    if not writes(person, output, on=on):
        raise NotYours(_("Only the owner, the authors and editors may change this text."))
    check_can_be_edited(output)


def writes(person: Person, output: Output, *, on: date) -> bool:
    """Does a person write this text, as its owner, an author or an editor? When, is another question."""
    return is_writer(person, output) or bool(centre_roles(person, on=on) & {Role.EDITOR, Role.LEAD})


def check_can_be_edited(output: Output) -> None:
    if output.state == State.WITHDRAWN:
        raise NotNow(_("A withdrawn output is not changed any more; take it up again first."))
    if output.state == State.SUPERSEDED:
        raise NotNow(_("This output was superseded; change its successor."))
    if output.progress != Progress.DRAFT:
        raise NotNow(_("This text is with its reviewer; it can be changed once it was sent back or published."))


def check_may_widen(account: object, output: Output, *, audience: str, on: date) -> None:
    """What readers have was signed off for its audience; a wider one is a decision of a second person."""
    wider = CIRCLES.index(Output.Audience(audience)) > CIRCLES.index(Output.Audience(output.audience))
    if output.edition_id is None or not wider:
        return
    person = _person(account)
    if is_writer(person, output) or not centre_roles(person, on=on) & set(SIGNERS):
        raise NotYours(
            _("This text was signed off for a narrower audience. An editor, a legal officer or the head of the centre "
              "who did not write it may open it to more readers.")
        )  # fmt: skip


def has_news(output: Output) -> bool:
    """Is there anything in the working text, its citations or its files that readers do not have?"""
    edition = output.edition
    if output.state not in LIVE or edition is None or edition.revision != output.revision:
        return True
    files = set(output.attachments.filter(working=True).values_list("pk", flat=True))
    return (
        output.citations.exclude(working=F("published")).exists()
        or set(edition.attachments.values_list("pk", flat=True)) != files
    )


def check_may_submit(account: object, output: Output, *, on: date) -> None:
    check_may_edit(account, output, on=on)
    if output.progress != Progress.DRAFT:
        raise NotNow(_("Only a draft can be submitted for review."))
    if not has_news(output):
        raise NotNow(_("Nothing has changed since the published edition."))
    if not output.title.strip() or not output.body.strip():
        raise NotNow(_("A text without title or body cannot be reviewed."))
    if output.stand is None:
        raise NotNow(_("State the day of the content (Stand) first."))
    if output.left_texts.filter(settled_at=None).exists():
        raise NotNow(_("A text of a second editor still waits to be merged; settle that first."))
    if output.attachments.filter(working=True, alternative="", file__media_type__startswith="image/").exists():
        raise NotNow(_("A figure has no text alternative yet; people who do not see it would miss it."))
    check_nothing_asked(output)


def check_nothing_asked(output: Output) -> None:
    """A draft of ours asks its author what only a person can say; readers must never meet such a question."""
    if questions := open_questions(output.body):
        raise NotNow(_AskedOfTheAuthor(questions))


class _AskedOfTheAuthor:
    """Counts and names the questions, in the language of whoever reads the sentence."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = questions

    def __str__(self) -> str:
        number = len(self._questions)
        named = ", ".join(gettext("“%s”") % question for question in self._questions[:NAMED])
        if number > NAMED:
            named += " " + ngettext("and %d more", "and %d more", number - NAMED) % (number - NAMED)
        sentence = ngettext(
            "The draft still asks one question: %(named)s. Write the answer over it, or delete it where it does not apply.",
            "The draft still asks %(number)d questions: %(named)s. Write each answer over its question, or delete it where "
            "it does not apply.",
            number,
        )
        return sentence % {"number": number, "named": named}


def check_may_review(account: object, output: Output, *, on: date) -> None:
    """Four eyes: whoever wrote or submitted the text does not sign it off; law needs a legal officer."""
    person = _person(account)
    if output.progress != Progress.IN_REVIEW:
        raise NotNow(_("This text is not in review."))
    roles = centre_roles(person, on=on)
    if not roles & set(SIGNERS):
        raise NotYours(_("Only editors, legal officers and the head of the centre sign off."))
    if output.submitted_by_id == account.pk:
        raise NotYours(_("You submitted this text; a second person signs it off."))
    if is_writer(person, output):
        raise NotYours(_("You are an author of this text; a second person signs it off."))
    if has_written(account, output):
        raise NotYours(_("You wrote parts of this text; a second person signs it off."))
    if output.kind.key in LEGAL_KINDS and not roles & {Role.LEGAL, Role.LEAD}:
        raise NotYours(_("A text on law is signed off by a legal officer or the head of the centre."))


def check_may_sign_off(account: object, output: Output, *, on: date) -> None:
    """Whoever may review it signs it off, once it asks its author nothing any more; sending it back is always possible."""
    check_may_review(account, output, on=on)
    check_nothing_asked(output)


def has_written(account: object, output: Output) -> bool:
    """Did this account save any of what is new since the last edition?"""
    known = output.edition.revision if output.edition else 0
    return Save.objects.filter(output=output, by=account, revision__gt=known).exists()


def check_may_send_back(account: object, output: Output, *, on: date) -> None:
    """Whoever submitted it may take it back; its reviewer, its funder or a publisher sends it back."""
    if output.progress == Progress.DRAFT:
        raise NotNow(_("This text is not with a reviewer."))
    person = _person(account)
    if output.submitted_by_id == account.pk:
        return
    if output.progress == Progress.IN_REVIEW:
        check_may_review(account, output, on=on)
    elif not is_releaser(person, output, on=on):
        check_role(
            account, SIGNERS, on=on,
            sentence=_("Only its reviewer, its funder or whoever publishes it sends this text back."),
        )  # fmt: skip


def releasers(output: Output, *, on: date) -> QuerySet[Person]:
    """The funders of its programmes, where it needs their release."""
    if not output.needs_release:
        return Person.objects.none()
    funders = Engagement.objects.on(on).filter(
        role=Engagement.Role.FUNDER, programme__in=output.programmes.values("pk")
    )
    return Person.objects.filter(pk__in=funders.values("person"))


def is_releaser(person: Person, output: Output, *, on: date) -> bool:
    return releasers(output, on=on).filter(pk=person.pk).exists()


def check_may_release(account: object, output: Output, *, on: date) -> None:
    """The funder of one of the output's programmes releases it."""
    if output.progress != Progress.SIGNED_OFF:
        raise NotNow(_("Only a text that was signed off can be released."))
    if not output.needs_release:
        raise NotNow(_("This output needs no release by the funder."))
    person = _person(account)
    if not is_releaser(person, output, on=on):
        raise NotYours(_("Only the funder of one of its programmes releases this output."))


def check_can_be_published(output: Output) -> None:
    if output.state in (State.WITHDRAWN, State.SUPERSEDED):
        raise NotNow(_("This output was withdrawn or superseded; it is not published any more."))
    if output.progress == Progress.SIGNED_OFF and output.needs_release:
        raise NotNow(_("The funder has not released this output yet."))
    if output.progress not in (Progress.SIGNED_OFF, Progress.RELEASED):
        raise NotNow(_("Only a text that was signed off can be published."))
    if output.reviewed_revision != output.revision:
        raise NotNow(_("The text changed after it was signed off; it must be reviewed again."))
    check_nothing_asked(output)


def check_may_publish(account: object, output: Output, *, on: date) -> None:
    check_role(
        account, [*SIGNERS], on=on, sentence=_("Only editors, legal officers and the head of the centre publish.")
    )
    check_can_be_published(output)


def check_may_withdraw(account: object, output: Output, *, on: date) -> None:
    person = _person(account)
    if output.owner_id != person.pk and not centre_roles(person, on=on) & set(SIGNERS):
        raise NotYours(_("Only the owner, editors, legal officers and the head of the centre withdraw an output."))
    if output.state == State.WITHDRAWN:
        raise NotNow(_("This output is already withdrawn."))


def check_may_take_up(account: object, output: Output, *, on: date) -> None:
    if output.state != State.WITHDRAWN:
        raise NotNow(_("Only a withdrawn output is taken up again."))
    if not is_writer(_person(account), output):
        check_may_start(account, on=on)


def check_may_note_check(account: object, output: Output, *, on: date, checked_on: date | None = None) -> None:
    """Whoever writes a text in Leichte or Einfache Sprache notes that test readers read it, in whatever state it is."""
    person = _person(account)
    if output.language not in EASY_LANGUAGES:
        raise NotNow(_("Test readers check texts in Leichte Sprache and Einfache Sprache only."))
    if not writes(person, output, on=on):
        raise NotYours(_("Only the owner, the authors and editors note a check by test readers."))
    if output.state in (State.WITHDRAWN, State.SUPERSEDED):
        raise NotNow(_("This text was withdrawn or superseded; its check is not noted any more."))
    if checked_on is not None and checked_on > on:
        raise Refusal(_("The day of the check lies ahead; a check is noted once it was made."))


def check_may_settle_left(account: object, left: LeftText, *, on: date) -> None:
    """Its author decides what becomes of a text that was left; once they may not write any more, those who may."""
    person = _person(account)
    if left.by_id == account.pk:
        return
    if writes(left.by.person, left.output, on=on) or not writes(person, left.output, on=on):
        raise NotYours(_("Only the author of this text decides what becomes of it."))


def check_may_settle(account: object, output: Output, *, on: date) -> None:
    """Answering a change of law: the owner, or a legal officer in the owner's place."""
    person = _person(account)
    if output.owner_id != person.pk and not centre_roles(person, on=on) & {Role.LEGAL, Role.LEAD}:
        raise NotYours(_("Only the owner of the output, a legal officer or the head of the centre answers for it."))


def check_may_keep_styles(account: object, *, on: date) -> None:
    """Which styles of citation there are is the matter of those who sign off."""
    check_role(
        account,
        [*SIGNERS],
        on=on,
        sentence=_("Only editors, legal officers and the head of the centre keep styles of citation."),
    )


def check_may_brief(account: object, *, on: date) -> None:
    """Two pages drawn from the studies, and a dossier begun from them."""
    check_staff(account, on=on)
