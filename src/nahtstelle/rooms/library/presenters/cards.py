"""What pages show of an assessment card: a draft and an edition alike."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.engines.lawtext.wording import PieceKind, differences
from nahtstelle.plumbing.look.tables import written
from nahtstelle.register.vocabulary.models import Concept

from ..models import Card, CardEdition, CardLeft, CardStep, CardText, Template
from ..strengths import sign_of
from ..templates_of_study import PARTICULARS, shown
from .references import short, year_span

TONES = {
    Card.State.DRAFT: "neutral", Card.State.SUBMITTED: "info", Card.State.AGREED: "accent",
    Card.State.PUBLISHED: "success", Card.State.WITHDRAWN: "danger",
}  # fmt: skip
PIECES = {PieceKind.SAME: "same", PieceKind.REMOVED: "del", PieceKind.ADDED: "ins"}


def in_both(text: CardText, name: str) -> list[dict[str, str]]:
    """The German and English words of a field as far as there are any, the reader's own language first."""
    here = (get_language() or "de")[:2]
    said = [{"lang": lang, "text": getattr(text, f"{name}_{lang}")} for lang in ("de", "en")]
    return sorted((one for one in said if one["text"].strip()), key=lambda one: one["lang"] != here)


def kind_of(text: CardText) -> str:
    return str(Template(text.template).label)


def card_view(text: CardText, *, concepts: Iterable[Concept], programmes: Iterable[Any]) -> dict[str, Any]:
    """All of a card in the order in which somebody from practice reads it."""
    facts = [
        {"term": _("Question"), "value": text.question},
        {"term": _("Kind of study"), "value": capfirst(kind_of(text))},
        {"term": _("Method"), "value": text.method},
        {"term": _("Sample"), "value": text.sample},
        {"term": _("Data from"), "value": year_span(text.data_from, text.data_until)},
        *({"term": label, "value": written(answer)} for label, answer in shown(text.template, text.particulars)),
    ]
    groups: dict[str, list[Concept]] = {}
    for concept in concepts:
        groups.setdefault(concept.facet.name, []).append(concept)
    return {
        "findings": in_both(text, "finding"),
        "meanings": in_both(text, "meaning"),
        "sign": sign_of(text.strength),
        "strength_why": text.strength_why,
        "limits": text.limits,
        "facts": [fact for fact in facts if fact["value"] not in ("", None)],
        "facets": [
            {"label": label, "values": [{"label": one.name, "key": one.key} for one in several]}
            for label, several in groups.items()
        ],
        "programmes": [{"label": one.short_name, "key": one.key} for one in programmes],
    }


def finding_of(text: CardText) -> dict[str, str]:
    """The finding as a list shows it: in the reader's language, else in the one there is."""
    said = in_both(text, "finding")
    return said[0] if said else {"lang": "de", "text": ""}


def cards_table(cards: Iterable[Card]) -> dict[str, Any]:
    columns = [
        {"label": _("Study"), "kind": "head"}, _("Kind of study"), _("Strength"), _("Reviewer"), _("Second reviewer"),
        {"label": _("Where it stands"), "kind": "status"}, {"label": _("Changed"), "kind": "date"},
    ]  # fmt: skip
    return {"columns": columns, "rows": [_card_row(card) for card in cards]}


def _card_row(card: Card) -> list[Any]:
    note = short(card.work)
    if card.edition_id and card.state != Card.State.PUBLISHED:
        note = " · ".join((note, _("readers have an edition")))
    return [
        {"text": card.work.title, "url": reverse("library:card", args=[card.work.citekey]), "note": note},
        card.get_template_display(),
        sign_of(card.strength).word,
        card.reviewer.name,
        card.second.name if card.second else "",
        {"badge": {"label": card.get_state_display(), "tone": TONES[Card.State(card.state)]}},
        timezone.localdate(card.changed_at),
    ]


def stepper(card: Card) -> list[dict[str, Any]]:
    """On the way to the next edition."""
    order = [Card.State.DRAFT, Card.State.SUBMITTED, Card.State.AGREED, Card.State.PUBLISHED]
    labels = [_("Written"), _("With the second reviewer"), _("Agreed"), _("Published")]
    at = order.index(Card.State(card.state)) if card.state in order else 0
    done_all = card.state == Card.State.PUBLISHED
    return [
        {"label": label, "state": "done" if place < at or done_all else "current" if place == at else "open"}
        for place, label in enumerate(labels)
    ]


def step_entries(steps: Iterable[CardStep]) -> list[dict[str, Any]]:
    return [
        {
            "date": timezone.localdate(step.at),
            "title": capfirst(step.get_kind_display()),
            "text": step.words,
            "note": step.by.person.name if step.by else "",
        }
        for step in steps
    ]


def edition_entries(editions: Sequence[CardEdition], citekey: str, current: int | None) -> list[dict[str, Any]]:
    return [
        {
            "date": edition.stand,
            "title": _("Edition %d") % edition.number,
            "text": edition.note,
            "note": _("reviewed by %(one)s and %(two)s") % {"one": edition.reviewed_by, "two": edition.seconded_by},
            "url": reverse("studies:edition", args=[citekey, edition.number]) if current else "",
            "state": "past",
        }
        for edition in editions
    ]


LABELLED = (
    "template", "question", "method", "sample", "data_from", "data_until", "strength", "strength_why", "finding_de", "finding_en",
    "meaning_de", "meaning_en", "limits",
)  # fmt: skip


def label_of(name: str) -> str:
    if name in LABELLED:
        label = str(CardText._meta.get_field(name).verbose_name)
        return label[:1].upper() + label[1:]
    return {"particulars": _("Particulars of this kind of study"), "concepts": _("Found under"), "programmes": _("Programmes")}[name]  # fmt: skip


def words_of(name: str, value: Any, names: Mapping[str, str], *, template: str = "") -> str:
    """A field's value as a person reads it; ``names`` are those of concepts and programmes by key."""
    if value in (None, "", [], {}):
        return ""
    if name == "template":
        return str(dict(CardText._meta.get_field("template").choices or ()).get(value, value))
    if name == "strength":
        return sign_of(int(value)).word
    if name in ("concepts", "programmes"):
        return "\n".join(sorted(names.get(key, key) for key in value))
    if name == "particulars":
        labels = {one.name: str(one.label) for several in PARTICULARS.values() for one in several}
        said = dict(shown(template, value))
        if not said:
            said = {labels.get(key, key): answer for key, answer in value.items()}
        return "\n".join(f"{label}: {answer}" for label, answer in said.items())
    return str(value)


def difference_rows(old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What two states of a card say differently, field by field, word by word."""
    rows = []
    for name in (*LABELLED, "particulars", "concepts", "programmes"):
        before = words_of(name, old.get(name), names, template=str(old.get("template", "")))
        after = words_of(name, new.get(name), names, template=str(new.get("template", "")))
        if before == after:
            continue
        pieces = [(PIECES[piece.kind], piece.text) for piece in differences(before, after)]
        rows.append(
            {
                "label": label_of(name),
                "old": [piece for piece in pieces if piece[0] != "ins"],
                "new": [piece for piece in pieces if piece[0] != "del"],
                "change": "changed",
            }
        )
    return rows


def left_rows(left: CardLeft, now: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Words that were left, beside what stands there."""
    return [
        {
            "label": label_of(name),
            "mine": words_of(name, value, names, template=now["template"]),
            "theirs": words_of(name, now.get(name), names, template=now["template"]),
        }
        for name, value in left.says.items()
    ]


def work_facts(card: Card, *, today: date) -> list[dict[str, Any]]:
    facts = [
        {"term": _("Reviewer"), "value": card.reviewer.name},
        {"term": _("Second reviewer"), "value": card.second.name if card.second else _("not chosen yet")},
        {"term": _("Begun on"), "value": timezone.localdate(card.created_at)},
    ]
    if card.review is not None:
        facts.append({"term": _("From the review"), "value": card.review.title})
    if card.edition is not None:
        facts.append({"term": _("Readers have"), "value": _("Edition %d") % card.edition.number})
    return facts
