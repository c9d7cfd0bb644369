"""The working page of an output: where it stands, who may do what, its steps, editions and differences."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, refused

from . import actions, drawing, news, presenters, queries, questions, rules, sources, work_presenters
from .claims import claims_in
from .forms import CompareForm, PublishForm, SupersedeForm, WordsForm
from .models import Edition, Output, Save

TRAIL_SHOWN = 15


def _seen(request: HttpRequest, slug: str) -> Output:
    output = get_object_or_404(
        queries.with_banners(Output.objects.select_related("kind", "owner", "submitted_by__person")),
        slug=slug,
    )
    rules.check_may_see_working_text(request.user, output, on=timezone.localdate())
    return output


def work(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a text stands, what can be done with it now and by whom, and what has happened to it."""
    output = _seen(request, slug)
    today = timezone.localdate()
    account = request.user
    checks = {
        "edit": rules.check_may_edit, "submit": rules.check_may_submit, "review": rules.check_may_review, "sign_off": rules.check_may_sign_off,
        "release": rules.check_may_release, "publish": rules.check_may_publish, "withdraw": rules.check_may_withdraw,
        "send_back": rules.check_may_send_back, "take_up": rules.check_may_take_up,
        "note_check": rules.check_may_note_check,
    }  # fmt: skip
    why_not = {name: refused(check, account, output, on=today) for name, check in checks.items()}
    impacts = queries.open_impacts(output)
    may_start = not refused(rules.check_may_start, account, on=today)
    first, more = work_presenters.work_actions(
        output, why_not, questions.offers_for(output, account), may_start=may_start,
        writes=rules.writes(account.person, output, on=today),
    )  # fmt: skip
    citations = list(output.citations.select_related("law", "provision"))
    stale = queries.stale_variant(output)
    return render(
        request,
        "outputs/work.html",
        {
            "output": output,
            "first": first,
            "more": more,
            "why_not": why_not,
            "forms": forms_of(output),
            "status": presenters.status_of(output),
            "stepper": presenters.stepper(output),
            "steps": work_presenters.step_entries(output.steps.select_related("by__person")[:TRAIL_SHOWN]),
            "editions": work_presenters.edition_entries(output.editions.defer("summary", "body").select_related("output", "reviewed_by__person")),
            "duties": work_presenters.duty_rows(impacts, output) if impacts else None,
            "banners": presenters.banners(output, impacts, today=today),
            "may_cite": not why_not["edit"],
            "law": presenters.law_cited([one for one in citations if one.working]),
            "works": sources.cited_works(claims_in(output.body)) if "@" in output.body else [],
            "left_texts": output.left_texts.filter(settled_at=None).select_related("by__person"),
            "variants": [v for v in (output.base or output).variants.all() if v.pk != output.pk],
            "facts": work_presenters.standing_facts(
                output, output.authorships.select_related("person"), stale=stale
            ),
            "check": presenters.reader_check(output),
            "place": questions.place_of(output),
            "news": rules.has_news(output),
            "new_studies": news.of_dossier(output),
            "barred": work_presenters.barred_steps(why_not),
            "questions": work_presenters.questions_not_said(output, why_not),
            "drawn": drawing.drawn_working(output, output.body, citations),
        },
    )  # fmt: skip


def forms_of(output: Output) -> dict[str, Any]:
    """The words a person says with each step."""
    return {
        "submit": WordsForm(_("Words to the reviewer"), name="submit"),
        "review": WordsForm(_("Your judgement"), hint=_("Needed for “Send back”."), name="review"),
        "release": WordsForm(_("Your judgement"), hint=_("Needed for “Send back”."), name="release"),
        "publish": PublishForm(_("What is new in this edition"), hint=_("Readers see this."), name="publish"),
        "send_back": WordsForm(_("What is to be changed?"), name="back", required=True),
        "withdraw": WordsForm(
            _("Why is it withdrawn?"),
            hint=_("Readers who come by an old link see this."),
            name="withdraw",
            required=True,
        ),
        "give_up": WordsForm(_("Why is it given up?"), name="give-up", required=True),
        "supersede": SupersedeForm(auto_id="supersede-%s"),
    }


@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step of the workflow; which one is the name of the button."""
    output = _seen(request, slug)
    words = words_of(request)
    common: dict[str, Any] = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
    match request.POST.get("step"):
        case "submit":
            actions.submit(output, words=words, **common)
            messages.success(request, _("Submitted. A second person reads it now."))
        case "send-back":
            actions.send_back(output, words=words, **common)
            messages.success(request, _("Sent back to its authors."))
        case "sign-off":
            revision = whole_number(request.POST.get("revision"))
            actions.sign_off(output, revision=revision, words=words, **common)
            messages.success(request, _("Signed off."))
        case "release":
            actions.release(output, words=words, **common)
            messages.success(request, _("Released."))
        case "publish":
            actions.publish(output, note=words, **common)
            messages.success(request, _("Published. Readers see the new edition."))
        case "schedule":
            actions.schedule(output, publish_at=moment_of(request.POST.get("publish_at", "")), **common)
            messages.success(request, _("The moment of publication was noted."))
        case "unschedule":
            actions.schedule(output, publish_at=None, **common)
            messages.success(request, _("The planned publication was taken back."))
        case "withdraw":
            actions.withdraw(output, why=words, **common)
            messages.success(request, _("Withdrawn. Readers see that and why."))
        case "take-up":
            actions.take_up_again(output, words=words, **common)
            messages.success(request, _("Taken up again. It is a draft now."))
        case "supersede":
            named = request.POST.get("successor", "").replace("\0", "").strip().rstrip("/").rpartition("/")[2]
            successor = queries.readable(request.user, on=timezone.localdate()).filter(slug=named).first()
            if successor is None:
                raise Refusal(_("The successor is not known; please give its address."))
            actions.supersede(output, successor=successor, **common)
            messages.success(request, _("Superseded. Readers are led to its successor."))
        case _unknown:
            raise Refusal(_("This step is not known."))
    return redirect("outputs:work", slug=slug)


def moment_of(words: str) -> datetime:
    """A moment as a browser sends it, in the centre's time.

    Raises ``Refusal`` where it is none: also for the hour that is left out when summer time begins.
    """
    try:
        moment = parse_datetime(words)
    except ValueError:
        moment = None
    if moment is None:
        raise Refusal(_("That is no moment; please choose a day and a time."))
    if not timezone.is_naive(moment):
        return moment
    aware = timezone.make_aware(moment)
    if timezone.make_naive(aware.astimezone(UTC)) != moment:
        raise Refusal(_("That hour does not exist: the clocks go forward then. Please choose another time."))
    return aware


def words_of(request: HttpRequest) -> str:
    """What a person says with a step; without the NUL that a database cannot keep."""
    return request.POST.get("words", "").replace("\0", "").strip()


def whole_number(words: str | None) -> int:
    """A number out of a hidden field; 0 for anything else."""
    return int(words) if words and words.isdecimal() and len(words) < 10 else 0


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two states of a text: editions ("e2") or saves ("r14"); without a choice the edition against the working text."""
    output = _seen(request, slug)
    old = _state(output, request.GET.get("alt", "")) or output.edition
    new = _state(output, request.GET.get("neu", "")) or output
    choices = [(f"e{edition.number}", _("Edition %d") % edition.number) for edition in output.editions.all()]
    saves = output.saves.filter(automatic=False).select_related("by__person")[:40]
    choices += [
        (f"r{save.revision}", f"{timezone.localtime(save.at):%d.%m.%Y %H:%M} {save.by.person if save.by else ''}")
        for save in saves
    ]
    title_rows = presenters.text_difference(old.title, new.title) if old and old.title != new.title else []
    return render(
        request,
        "outputs/compare.html",
        {
            "output": output,
            "form": CompareForm(choices, request.GET or None),
            "title_rows": title_rows,
            "rows": presenters.text_difference(old.body if old else "", new.body),
            "same": old is not None and not title_rows and old.body == new.body,
        },
    )


def _state(output: Output, name: str) -> Edition | Save | None:
    if name[:1] == "e" and name[1:].isdecimal():
        return output.editions.filter(number=int(name[1:])).first()
    if name[:1] == "r" and name[1:].isdecimal():
        return output.saves.filter(revision=int(name[1:])).first()
    return None
