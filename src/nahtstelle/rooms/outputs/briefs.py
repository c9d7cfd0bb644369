"""What we know on two pages: the findings by the strength of their evidence, each with its sources, what is open, and the Stand.

Drawn straight from the studies that fit a choice of facets, or from a dossier. What does not fit on two pages is left out
from the end, the weakest evidence and the oldest first, and counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from nahtstelle.engines.literature.citing.keys import CARD
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.library.models import Card, CardEdition, Strength, Work
from nahtstelle.rooms.library.queries.works import roots_of

from . import studies
from .asking import ask
from .claims import Claim, claims_in
from .counting import names_of
from .models import Output
from .news import finding_of
from .queries import Choice
from .references import language_of, works_called

MOST = 120  # findings that are looked at
MOST_GAPS = 6
LONGEST_SUMMARY, LONGEST_GAP = 900, 280
OPEN = {"was offen ist", "grenzen", "offene fragen", "what is open", "limits", "open questions", "gaps"}
WITHOUT_CARD = -1


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence and how far its evidence carries; ``cites`` as a text writes them."""

    words: str
    cites: str
    strength: int


@dataclass(frozen=True, slots=True)
class Brief:
    question: str
    summary: str
    findings: tuple[Finding, ...]  # strongest first
    gaps: tuple[str, ...]
    stand: date
    language: str
    style: str
    address: str  # where everything is found
    beyond: int = 0  # findings that were not even looked at

    def body(self, number: int) -> str:
        """Its text with the first ``number`` findings, in the dialect of outputs."""
        with override(self.language):
            parts = ["## " + _("What we know")]
            shown = self.findings[:number]
            if not self.findings:
                parts.append(_("No assessed study answers this question yet."))
            for strength in sorted({one.strength for one in shown}, reverse=True):
                parts.append(f"### {heading_of(strength)}")
                parts.append("\n".join(f"- {one.words} {one.cites}" for one in shown if one.strength == strength))
            if left := len(self.findings) - number + self.beyond:
                said = ngettext("One more finding is at %(address)s", "%(n)d more findings are at %(address)s", left)
                parts.append("*" + said % {"n": left, "address": self.address} + "*")
            if self.gaps:
                parts += ["## " + _("What is open"), "\n".join(f"- {gap}" for gap in self.gaps)]
            return "\n\n".join([*parts, "## " + _("Sources")] if shown else parts)


def heading_of(strength: int) -> str:
    if strength == WITHOUT_CARD:
        return _("Not assessed by us")
    return _("Strength of evidence: %s") % Strength(strength).label


def of_choice(choice: Choice, *, question: str = "", language: str, stand: date) -> Brief:
    """Two pages from the studies that fit a choice."""
    with override(language):
        names = names_of(choice)
        asked = question.strip() or _("What do we know about: %s?") % (
            " · ".join([*names, *choice.words.split()]) or _("everything")
        )
        editions = list(studies.chosen(choice)[: MOST + 1])
        number = studies.chosen(choice).count() if len(editions) > MOST else len(editions)
        findings = tuple(
            Finding(escaped(finding_of(one, language)), f"[@{one.card.work.citekey}]", one.strength)
            for one in editions[:MOST]
            if finding_of(one, language)
        )
        gaps = [escaped(one.words) for one in studies.open_questions(choice)[:MOST_GAPS]]
        if findings and not any(one.strength >= Strength.MODERATE for one in findings):
            gaps.insert(0, _("No study on this carries further than limited evidence."))
        address = reverse("outputs:brief") + "?" + query_of(choice)
        return Brief(
            question=asked[:300], summary=_overview(editions[:MOST], number), findings=findings, gaps=_short(gaps), stand=stand,
            language=language, style="", address=_absolute(address), beyond=max(0, number - MOST),
        )  # fmt: skip


def of_dossier(output: Output) -> Brief:
    """Two pages from a published dossier: its sentences that carry sources, by the strength of these."""
    edition = output.edition
    assert edition is not None
    claims = claims_in(edition.body)
    called = works_called(cite.key for claim in claims for cite in claim.cites)
    roots = roots_of(called.values())
    strengths = {key: _strength(roots[work.pk]) for key, work in called.items()}
    found = [
        Finding(escaped(claim.words), _cites(claim), max((strengths.get(c.key, WITHOUT_CARD) for c in claim.cites), default=WITHOUT_CARD))
        for claim in claims
        if claim.cites and claim.words and claim.below.strip().casefold() not in OPEN
    ]  # fmt: skip
    found.sort(key=lambda one: -one.strength)
    gaps = [escaped(claim.words) for claim in claims if claim.below.strip().casefold() in OPEN and claim.words]
    return Brief(
        question=edition.title, summary=_cut(edition.summary, LONGEST_SUMMARY), findings=tuple(found[:MOST]), gaps=_short(gaps[:MOST_GAPS]),
        stand=edition.stand, language=language_of(output), style=output.style,
        address=_absolute(reverse("outputs:output", args=[output.slug])), beyond=max(0, len(found) - MOST),
    )  # fmt: skip


def _overview(editions: Sequence[CardEdition], number: int) -> str:
    """How much there is, in a sentence: the answer before the findings."""
    if not number:
        return ""
    strong = sum(one.strength >= Strength.MODERATE for one in editions)
    years = sorted(one.card.work.year for one in editions if one.card.work.year)
    said = ngettext("One assessed study", "%(n)d assessed studies", number) % {"n": number}
    if years:
        said += ", " + (str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}")
    return f"{said}; " + ngettext(
        "%(n)d of moderate or strong evidence.", "%(n)d of moderate or strong evidence.", strong
    ) % {"n": strong}


def _strength(work: Work) -> int:
    card: Card | None = getattr(work, "card", None)
    if card is None or card.edition is None or card.state == Card.State.WITHDRAWN:
        return WITHOUT_CARD
    return card.edition.strength


def _cites(claim: Claim) -> str:
    """The citations of a sentence, written again."""
    said = []
    for cite in claim.cites:
        parts = [f"@{cite.key}", "Karte" if cite.means == CARD else "", cite.locator, cite.suffix]
        said.append(f"{cite.prefix} ".lstrip() + ("-" if cite.without_author else "") + ", ".join(filter(None, parts)))
    return f"[{'; '.join(said)}]"


def query_of(choice: Choice) -> str:
    """The choice as an address has it."""
    query = [("q", choice.words)] if choice.words else []
    return urlencode([*query, *(("f", key) for key in choice.concepts), *(("p", key) for key in choice.programmes)])


def escaped(words: str) -> str:
    """Words as plain Markdown; what could end a line or begin a citation is only itself."""
    return re.sub(r"([\\\[\]*_`|<~#@])", r"\\\1", " ".join(words.split()))


def _short(gaps: Sequence[str]) -> tuple[str, ...]:
    return tuple(_cut(gap, LONGEST_GAP) for gap in gaps[:MOST_GAPS])


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip("\\ ") + "…"


def _absolute(address: str) -> str:
    return settings.BASE_URL + address


def as_draft(brief: Brief) -> str:
    """The body of a dossier begun from it: its findings are claims with their sources, what only a person knows is asked."""
    with override(brief.language):
        findings: list[str] = []
        for strength in sorted({one.strength for one in brief.findings}, reverse=True):
            findings.append(f"### {heading_of(strength)}")
            findings.append(
                "\n".join(f"- {one.words} {one.cites}" for one in brief.findings if one.strength == strength)
            )
        parts = [
            "## " + _("Question"), escaped(brief.question),
            "## " + _("The answer in three sentences"), ask(_("The answer, in three sentences.")),
            "## " + _("What we know"), *(findings or [ask(_("Which findings, from which studies?"))]),
            "## " + _("What is open"), "\n".join(f"- {gap}" for gap in brief.gaps) or ask(_("What do we not know?")),
            "## " + _("Limits"), ask(_("How far do these findings carry, and for whom not?")),
            "## " + _("Consequences for practice"), ask(_("What follows, for whom?")),
            "## " + _("Sources"),
        ]  # fmt: skip
        return "\n\n".join(parts) + "\n"


def facets_of(choice: Choice) -> tuple[list[Concept], list[Programme]]:
    """What a dossier begun from a choice is found under."""
    return list(Concept.objects.filter(key__in=choice.concepts)), list(
        Programme.objects.filter(key__in=choice.programmes)
    )
