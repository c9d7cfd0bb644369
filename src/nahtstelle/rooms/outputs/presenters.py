"""What the pages of this room show: plain values in the reader's language."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.engines.lawtext.wording import PieceKind, differences
from nahtstelle.rooms.law.wordings import part_words

from .bibliography import FORMS
from .drawing import provision_address
from .models import DOSSIER_KIND, EASY_LANGUAGES, Citation, Edition, Impact, Output
from .queries import check_of, last_check, stale_variant
from .study_banners import Banner, wave_source, work_banner

BANNER = {
    Output.State.PUBLISHED: "current",
    Output.State.UNDER_REVIEW: "under_review",
    Output.State.SUPERSEDED: "superseded",
    Output.State.WITHDRAWN: "withdrawn",
    Output.State.DRAFT: "draft",
}
NAMED = 5  # provisions a banner names; the rest is counted
PIECES = {PieceKind.SAME: "same", PieceKind.REMOVED: "del", PieceKind.ADDED: "ins"}


def banners(output: Output, impacts: Sequence[Impact], *, today: date) -> list[Banner]:
    """What readers must know before they rely on the text; the same on page, in the PDF and in the feed."""
    shown: list[Banner] = []
    if output.state == Output.State.SUPERSEDED and output.replaced_by:
        address = reverse("outputs:output", args=[output.replaced_by.slug])
        shown.append(Banner("superseded", "", "", url=address, url_label=_for_readers(output.replaced_by)))
    if output.valid_until and output.valid_until < today:
        shown.append(
            Banner(
                "outdated", _("No longer valid"), _("This text was valid until %s.") % date_format(output.valid_until)
            )
        )
    if output.base_id and stale_variant(output):
        base = output.base
        assert base is not None and base.edition is not None
        shown.append(
            Banner(
                "outdated", _("This version is behind its original"),
                _stale_sentence(output, base.edition),
                url=reverse("outputs:output", args=[base.slug]), url_label=base.edition.title,
            )
        )  # fmt: skip
    by_wave: dict[int, list[Impact]] = {}
    for impact in impacts:
        by_wave.setdefault(impact.wave_id, []).append(impact)
    for members in by_wave.values():
        shown.append(_wave_banner(members))
    return shown


def replaced_words(following: Edition | None) -> str:
    """What readers of an older edition are told: which took its place, when, and what is new in it."""
    if following is None:
        return ""
    day = date_format(timezone.localdate(following.published_at))
    said = _("Edition %(number)d took its place on %(day)s.") % {"number": following.number, "day": day}
    return f"{said} {following.note}".strip()


def _for_readers(output: Output) -> str:
    """The title readers have; what its authors write meanwhile is not for them."""
    return output.edition.title if output.edition else output.title


def _stale_sentence(variant: Output, newest: Edition) -> str:
    """Which edition of its original a variant follows, and which one readers of the original have."""
    if variant.base_edition is None:
        return _("The text it follows was revised since. Please look at the original too.")
    return _(
        "It follows edition %(old)d of its original; meanwhile there is edition %(new)d. Please look at the original too."
    ) % {"old": variant.base_edition.number, "new": newest.number}


def reader_check(output: Output) -> dict[str, Any] | None:
    """Whether test readers read just what readers have: for texts in Leichte and Einfache Sprache."""
    if output.language not in EASY_LANGUAGES or output.edition is None:
        return None
    name = str(output.get_language_display())
    check = check_of(output, output.edition)
    if check is not None:
        said = _("%(language)s, checked on %(day)s by: %(who)s")
        return {"checked": True, "words": said % {"language": name, "day": date_format(check.on), "who": check.who}}
    earlier = last_check(output)
    if earlier is not None:
        said = _("%(language)s; this edition was not yet checked by test readers. Other words of it were, on %(day)s.")
        return {"checked": False, "words": said % {"language": name, "day": date_format(earlier.on)}}
    return {"checked": False, "words": _("%(language)s, not yet checked by test readers") % {"language": name}}


def language_way(variants: Sequence[Output]) -> str:
    """Where the switch of languages leads from a text: to its variant in the page's other language, "" where none is."""
    here = (get_language() or "de")[:2]
    return next(
        (
            reverse("outputs:output", args=[v.slug])
            for v in variants
            if v.language != here and v.language in ("de", "en")
        ),
        "",
    )


def _wave_banner(impacts: list[Impact]) -> Banner:
    return work_banner(impacts) if impacts[0].work_id else _law_banner(impacts)


def _law_banner(impacts: list[Impact]) -> Banner:
    strongest, wave = impacts[0], impacts[0].wave
    provisions = {
        impact.provision.pk: impact.provision
        for impact in impacts
        if impact.provision is not None and impact.verdict == strongest.verdict
    }
    law = wave.law.citation if wave.law else ""
    names = [provision.designation for provision in sorted(provisions.values(), key=lambda one: one.position)]
    about = f"{', '.join(names[:NAMED])} {law}"
    if len(names) > NAMED:
        about = _("%(names)s and %(more)d more") % {"names": about, "more": len(names) - NAMED}
    Verdict = Impact.Verdict
    announced = next((impact.announced_for for impact in impacts if impact.announced_for), None)
    if strongest.verdict == Verdict.REPEALED:
        kind, title, text = (
            "outdated",
            _("A provision this text rests on was repealed"),
            _("Repealed: %s. The text is being checked."),
        )
    elif strongest.verdict == Verdict.TOUCHED:
        kind, title, text = (
            "under_review",
            _("The law has changed"),
            _("Changed: %s. This text is being checked and may no longer be right."),
        )
    elif strongest.verdict == Verdict.REVERSED:
        kind, title, text = (
            "announced",
            _("A planned change was taken back"),
            _("Taken back or altered before it took effect: %s. The text is being checked."),
        )
    elif strongest.verdict == Verdict.ANNOUNCED:
        kind, title, text = "announced", _("The law will change"), _("A change is planned: %s.")
    elif strongest.verdict == Verdict.RENUMBERED:
        kind, title, text = (
            "current",
            _("A provision has a new number"),
            _("Renumbered: %s. The content is being compared."),
        )
    else:
        kind, title, text = (
            "current",
            _("Another part of a cited provision has changed"),
            _("Changed elsewhere: %s. The cited part is the same; the text is being checked."),
        )
    said = text % about
    if announced and strongest.verdict in (Verdict.ANNOUNCED, Verdict.REVERSED, Verdict.ELSEWHERE):
        said += " " + _("Planned day: %s.") % date_format(announced)
    since = wave.reading.first_seen if wave.reading else timezone.localdate(wave.opened_at)
    return Banner(kind, title, said, since, url=wave_source(wave), url_label=_("What changed"))


def stepper(output: Output) -> list[dict[str, str]]:
    """Where the working text stands."""
    Progress = Output.Progress
    names = [(Progress.DRAFT, _("Draft")), (Progress.IN_REVIEW, _("In review")), (Progress.SIGNED_OFF, _("Signed off"))]
    if output.needs_release:
        names.append((Progress.RELEASED, _("Released by the funder")))
    order = [name for name, _label in names]
    at = order.index(output.progress) if output.progress in order else len(order) - 1
    steps = [
        {"label": label, "state": "done" if index < at else "current" if index == at else "open"}
        for index, (_name, label) in enumerate(names)
    ]
    steps.append({"label": _("Published"), "state": "open"})
    fresh = output.edition is not None and output.edition.revision == output.revision
    if fresh and output.progress == Progress.DRAFT:
        steps = [{**step, "state": "done"} for step in steps]
    return steps


def text_difference(old: str, new: str) -> list[dict[str, Any]]:
    """Two texts line by line with the words that differ, for the look's synopsis."""
    rows = []
    pieces = [(PIECES[piece.kind], piece.text) for piece in differences(old, new)]
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for kind, text in pieces:
        for index, line in enumerate(text.split("\n")):
            if index and kind == "same":
                rows.append({"label": "", "old": left, "new": right, "url": ""})
                left, right = [], []
            if not line:
                continue
            if kind != "ins":
                left.append((kind, line))
            if kind != "del":
                right.append((kind, line))
    if left or right:
        rows.append({"label": "", "old": left, "new": right, "url": ""})
    return [row for row in rows if row["old"] or row["new"]]


def status_of(output: Output) -> str:
    return BANNER[Output.State(output.state)]


def card(output: Output) -> dict[str, Any]:
    """An entry of a list of published outputs."""
    edition = output.edition
    assert edition is not None
    language = "" if output.language == "de" else output.get_language_display()
    return {
        "title": edition.title,
        "url": reverse("outputs:output", args=[output.slug]),
        "kicker": output.kind.name,
        "text": edition.summary,
        "stand": edition.stand,
        "status": status_of(output) if output.state != Output.State.PUBLISHED else "",
        "meta": [language] if language else [],
    }


def citation_rows(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """The citations beside the editor."""
    return [
        {
            "pk": citation.pk,
            "label": f"{'Art.' if citation.words.startswith('Art') else '§'} {citation.section} {citation.law_name}",
            "part": part_words(citation.path),
            "url": provision_address(citation.law.slug, citation.provision) if citation.law else "",
            "known": citation.provision_id is not None,
            "confirmed": citation.confirmed,
            "role": citation.role,
            "declared": citation.origin == Citation.Origin.DECLARED,
            "note": citation.version_note,
        }
        for citation in citations
    ]


def law_cited(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """The provisions a text cites, each once with the parts it names, in the order of the law."""
    provisions: dict[tuple[str, str, str], dict[str, Any]] = {}
    for citation, row in sorted(
        zip(citations, citation_rows(citations), strict=True), key=lambda pair: in_order(pair[0])
    ):
        key = (citation.law_name, citation.section, row["url"])
        one = provisions.setdefault(
            key, {"label": row["label"], "url": row["url"], "known": row["known"], "parts": [], "basis": False}
        )
        words = " ".join(filter(None, [row["part"], row["note"]]))
        if words:
            one["parts"].append(words)
        one["basis"] |= citation.confirmed and citation.role == Citation.Role.BASIS
    return list(provisions.values())


def in_order(citation: Citation) -> tuple[str, list[tuple[int, str]], list[tuple[int, str]]]:
    """§ 2 before § 10, and § 14 before § 14a."""

    def numbers(words: str) -> list[tuple[int, str]]:
        return [(int(number or 0), letters) for number, letters in re.findall(r"(\d*)([^\d]*)", words)]

    return (citation.law_name, numbers(citation.section), numbers(citation.path))


def chips(facets: Sequence[dict[str, Any]], query: QueryDict) -> list[dict[str, str]]:
    """What is chosen in a list, each with the address of the list without it."""
    shown = []
    for facet in facets:
        for value in facet["values"]:
            if value["selected"]:
                without = query.copy()
                without.setlist(facet["name"], [one for one in query.getlist(facet["name"]) if one != value["value"]])
                without.pop("page", None)
                shown.append({"label": value["label"], "facet": facet["label"], "url": "?" + without.urlencode()})
    return shown


def bibliography_links(output: Output) -> list[dict[str, str]]:
    """The works a text cites, in every form of file."""
    return [
        {"label": name, "url": reverse("outputs:bibliography", args=[output.slug, form])}
        for form, (name, _e, _m) in FORMS.items()
    ]


def reader_actions(output: Output, *, may_work: bool) -> list[dict[str, str]]:
    """What a reader can do with a published text."""
    actions = [
        {"label": _("As PDF"), "url": reverse("outputs:pdf", args=[output.slug]), "icon": "download"},
        {"label": _("As Word file"), "url": reverse("outputs:docx", args=[output.slug]), "icon": "download"},
    ]
    if output.kind.key == DOSSIER_KIND:
        actions.append(
            {"label": _("Two pages"), "url": reverse("outputs:short-pdf", args=[output.slug]), "icon": "download"}
        )
    if may_work:
        url = reverse("outputs:work", args=[output.slug])
        actions.append({"label": _("Open in the workshop"), "url": url, "icon": "edit"})
    return actions
