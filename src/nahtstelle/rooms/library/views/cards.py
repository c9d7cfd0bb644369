"""Assessment cards for those who write, review and publish them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, refused
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.rules import check_signed_in
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from ..actions import cards as actions
from ..actions.card_saving import says_of
from ..forms.cards import CardForm, CardsForm, StartForm, SubmitForm, WordsForm
from ..models import Card, CardLeft, Review, Tag, Work
from ..presenters import cards as shown_cards
from ..presenters import references
from ..queries import cards as queries
from ..rules import cards as rules
from ..rules.people import check_may_read
from ..strengths import scale

PER_PAGE = 30
TRAIL_SHOWN = 20


def cards(request: HttpRequest) -> HttpResponse:
    """All cards for staff: mine, those that wait for me, all."""
    check_may_read(request.user, on=timezone.localdate())
    form = CardsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    whose = request.GET.get("wessen", "all")
    whose = whose if whose in queries.WHOSE else "all"
    found = queries.cards(
        request.user, whose=whose, words=chosen.get("q", ""), state=chosen.get("state", ""), template=chosen.get("kind", ""),
        sort=chosen.get("sort") or "neu",
    )  # fmt: skip
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    labels = {"all": _("All"), "mine": _("Mine"), "waiting": _("Waiting for me")}
    tabs = [
        {
            "label": label, "url": f"?wessen={name}", "current": name == whose,
            "count": queries.cards(request.user, whose=name).count(),
        }
        for name, label in labels.items()
    ]  # fmt: skip
    return render(
        request,
        "library/cards.html",
        {
            "page": page, "table": shown_cards.cards_table(page), "form": form, "tabs": tabs, "whose": whose,
            "filtered": any(chosen.get(name) for name in ("q", "state", "kind")),
        },
    )  # fmt: skip


def card_new(request: HttpRequest, citekey: str) -> HttpResponse:
    """Begin a card, from the work's page or from a review's list; a work that has one leads to it."""
    check_signed_in(request.user)
    work = get_object_or_404(Work, citekey=citekey)
    slug = request.GET.get("review", "")
    review = get_object_or_404(Review, slug=slug) if slug and "\0" not in slug else None
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()

        def act() -> str:
            actions.start_card(work=work, review=review, by=request.user.actor, at=at)
            return reverse("library:card-edit", args=[citekey])

        return redirect(once(form.cleaned_data["submission"], act, at=at))
    there = queries.card_of(work)
    if there is not None:
        rules.check_may_see(request.user, there, on=timezone.localdate())
        return redirect("library:card", citekey=citekey)
    rules.check_may_start(request.user, work, review=review, on=timezone.localdate())
    proposed = Tag.objects.filter(work=work, state=Tag.State.ACCEPTED).select_related("concept__facet")
    shown = {
        "work": work, "review": review, "form": form, "reference": references.reference(work),
        "concepts": [tag.concept for tag in proposed], "banners": references.banners(work, list(work.notices.all())),
    }  # fmt: skip
    return render(request, "library/card_new.html", shown, status=422 if form.errors else 200)


def _seen(request: HttpRequest, citekey: str) -> Card:
    card = get_object_or_404(queries.with_all(citekey))
    rules.check_may_see(request.user, card, on=timezone.localdate())
    return card


def card(request: HttpRequest, citekey: str) -> HttpResponse:
    """Where a card stands, what can be done with it now and by whom, and what has happened to it."""
    found = _seen(request, citekey)
    today, account = timezone.localdate(), request.user
    checks = {
        "edit": rules.check_may_edit, "submit": rules.check_may_submit, "second": rules.check_may_second,
        "send_back": rules.check_may_send_back, "publish": rules.check_may_publish, "withdraw": rules.check_may_withdraw,
        "take_up": rules.check_may_take_up,
    }  # fmt: skip
    why_not = {name: refused(check, account, found, on=today) for name, check in checks.items()}
    concepts = list(found.concepts.select_related("facet"))
    editions = list(found.editions.all())
    shown = {
        "card": found,
        "work": found.work,
        "reference": references.reference(found.work),
        "publication": references.address_of_publication(found.work),
        "banners": references.banners(found.work, list(found.work.notices.all())),
        "view": shown_cards.card_view(found, concepts=concepts, programmes=found.programmes.all()),
        "stepper": shown_cards.stepper(found),
        "badge": {"label": found.get_state_display(), "tone": shown_cards.TONES[Card.State(found.state)]},
        "why_not": why_not,
        "missing": rules.missing_in(found) if found.state == Card.State.DRAFT else [],
        "news": rules.has_news(found),
        "forms": _forms(found, account, why_not),
        "lefts": list(found.left.filter(settled_at=None).select_related("by__person")),
        "steps": shown_cards.step_entries(found.steps.select_related("by__person")[:TRAIL_SHOWN]),
        "editions": shown_cards.edition_entries(editions, citekey, found.edition_id),
        "several": len(editions) > 1 or (editions and rules.has_news(found)),
        "facts": shown_cards.work_facts(found, today=today),
        "public_url": reverse("studies:study", args=[citekey]) if found.edition_id else "",
    }
    return render(request, "library/card.html", shown)


def _forms(card: Card, account: Any, why_not: dict[str, str]) -> dict[str, Any]:
    forms: dict[str, Any] = {
        "review": WordsForm(_("Your judgement"), "review", hint=_("Needed for “Send back”.")),
        "back": WordsForm(_("Why is it taken back?"), "back"),
        "publish": WordsForm(_("What is new in this edition"), "publish", hint=_("Readers see this.")),
        "withdraw": WordsForm(_("Why is it withdrawn?"), "withdraw", hint=_("Colleagues read this.")),
        "take_up": StartForm(auto_id="take-up-%s"),
    }
    if not why_not["submit"]:
        forms["submit"] = SubmitForm(rules.seconds(card, on=timezone.localdate()), initial={"second": card.second_id})
    return forms


@require_POST
def step(request: HttpRequest, citekey: str) -> HttpResponse:
    """One step of a card; which one is the name of the button."""
    found = _seen(request, citekey)
    words = request.POST.get("words", "").replace("\0", "").replace("\r\n", "\n")
    key = StartForm(request.POST)
    submission = key.cleaned_data.get("submission") if key.is_valid() else None
    at, by = timezone.now(), request.user.actor
    here = reverse("library:card", args=[citekey])
    name = request.POST.get("step", "")

    def act() -> str:
        match name:
            case "submit":
                chosen = request.POST.get("second", "")
                second = Person.objects.filter(pk=int(chosen)).first() if _whole(chosen) else None
                actions.submit(card=found, second=second, words=words, by=by, at=at)
                messages.success(request, _("Given to the second reviewer, who has a duty and was told."))
            case "send-back":
                actions.send_back(card=found, words=words, by=by, at=at)
                messages.success(request, _("The card is a draft again."))
            case "agree":
                revision = request.POST.get("revision", "")
                actions.second(card=found, revision=int(revision) if _whole(revision) else 0, words=words, by=by, at=at)
                messages.success(request, _("Agreed. It can be published now."))
            case "publish":
                actions.publish(card=found, note=words, by=by, at=at)
                messages.success(request, _("Published. Readers see it, and the evidence map counts it."))
            case "withdraw":
                actions.withdraw(card=found, words=words, by=by, at=at)
                messages.success(request, _("Withdrawn. Readers do not see it any more."))
            case "take-up":
                actions.take_up(card=found, by=by, at=at)
                messages.success(request, _("Taken up again. It is a draft now."))
            case _:
                raise Refusal(_("This step is not known; please use the buttons of the page."))
        return here

    return redirect(once(submission, act, at=at))


def _whole(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 10


def card_edit(request: HttpRequest, citekey: str) -> HttpResponse:
    """Writing a card."""
    found = _seen(request, citekey)
    today, says = timezone.localdate(), says_of(found)
    if request.method != "POST":
        rules.check_may_edit(request.user, found, on=today)
        return _editor(request, found, CardForm(found, says, on=today))
    form = CardForm(found, says, request.POST, on=today)
    if not form.is_valid():
        return _editor(request, found, form, status=422)
    try:
        saved = actions.save_card(
            card=found, says=form.says(), started_from=form.cleaned_data["started_from"], by=request.user.actor,
            at=timezone.now(),
        )  # fmt: skip
    except ValidationError as trouble:
        form.add_error(None, trouble.messages)
        return _editor(request, found, form, status=422)
    if saved.left is not None:
        messages.warning(
            request,
            _(
                "Somebody else changed the same field meanwhile. Your words are kept beside it; please decide which stay."
            ),
        )
        return redirect("library:card-edit", citekey=citekey)
    if saved.merged:
        messages.info(request, _("Somebody else had changed other fields meanwhile; both changes are in the card now."))
    else:
        messages.success(request, _("Saved."))
    return redirect("library:card-edit" if "stay" in request.POST else "library:card", citekey=citekey)


def _editor(request: HttpRequest, card: Card, form: CardForm, status: int = 200) -> HttpResponse:
    now = says_of(card)
    lefts = queries.left_of(card, request.user)
    names = names_of_keys([now, *(left.says for left in lefts)]) if lefts else {}
    proposed = Tag.objects.filter(work=card.work, state=Tag.State.PROPOSED).select_related("concept")[:10]
    shown = {
        "card": card,
        "work": card.work,
        "form": form,
        "reference": references.reference(card.work),
        "publication": references.address_of_publication(card.work),
        "banners": references.banners(card.work, list(card.work.notices.all())),
        "lefts": [{"left": left, "rows": shown_cards.left_rows(left, now, names)} for left in lefts],
        "scale": scale(),
        "proposed": [tag.concept.name for tag in proposed],
        "missing": rules.missing_in(card),
    }
    return render(request, "library/card_edit.html", shown, status=status)


def names_of_keys(says: list[dict[str, Any]]) -> dict[str, str]:
    """What concepts and programmes are called, by their keys."""
    concepts = {key for one in says for key in one.get("concepts", ())}
    programmes = {key for one in says for key in one.get("programmes", ())}
    names = {one.key: one.name for one in Concept.objects.filter(key__in=concepts)}
    return names | dict(Programme.objects.filter(key__in=programmes).values_list("key", "short_name"))


@require_POST
def card_autosave(request: HttpRequest, citekey: str) -> JsonResponse:
    """Keep what is being typed; answers with the revision it is kept as."""
    found = _seen(request, citekey)
    form = CardForm(found, says_of(found), request.POST, on=timezone.localdate())
    if not form.is_valid():
        words = " ".join(words for field in form.errors.values() for words in field)
        return JsonResponse({"trouble": words}, status=422)
    try:
        saved = actions.save_card(
            card=found, says=form.says(), started_from=form.cleaned_data["started_from"], automatic=True,
            by=request.user.actor, at=timezone.now(),
        )  # fmt: skip
    except (Refusal, ValidationError) as trouble:
        words = " ".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        return JsonResponse({"trouble": words}, status=409)
    answer: dict[str, Any] = {"sent_as": saved.sent_as, "saved_at": timezone.localtime().strftime("%H:%M")}
    if saved.left is not None:
        answer["words"] = _("Somebody else changed the same field. Both are kept; load the page again to decide.")
    elif saved.merged:
        answer["words"] = _("Somebody else writes here too; both changes are kept. Load the page again to see them.")
    return JsonResponse(answer)


@require_POST
def card_left(request: HttpRequest, citekey: str, pk: int) -> HttpResponse:
    """What becomes of words that were left beside a card."""
    found = _seen(request, citekey)
    left = get_object_or_404(CardLeft, pk=pk, card=found)
    actions.settle_left(left=left, take="take" in request.POST, by=request.user.actor, at=timezone.now())
    messages.success(request, _("Your words stand in the card now.") if "take" in request.POST else _("Let go."))
    return redirect("library:card-edit", citekey=citekey)


def card_compare(request: HttpRequest, citekey: str) -> HttpResponse:
    """What the working card says otherwise than the edition readers have."""
    found = _seen(request, citekey)
    last = found.editions.order_by("-number").first()
    old, new = (says_of(last) if last else {}), says_of(found)
    rows = shown_cards.difference_rows(old, new, names_of_keys([old, new]))
    return render(request, "library/card_compare.html", {"card": found, "work": found.work, "rows": rows, "last": last})
