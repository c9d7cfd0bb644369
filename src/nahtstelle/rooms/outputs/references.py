"""The works of a text, drawn into it: author and year or a number in each sentence, and the list of sources at the end.

What a citation processor needs long for is kept per work, style and language (``Reference``) and drawn by the worker or by
those who write. A reader's request only reads it; where nothing is kept yet, author, year and title stand there plainly.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from markdown_it.token import Token

from nahtstelle.engines.literature.citing.keys import CARD, Cite, Group
from nahtstelle.engines.literature.formats.csl import write_csl
from nahtstelle.engines.literature.records import Name, Record
from nahtstelle.plumbing.kit.slices import slices
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.rooms.library.models import Card, Work
from nahtstelle.rooms.library.queries.works import roots_of

from . import styling
from .facts import ReferencesDrawn
from .models import Output, Reference, WorkCitation
from .styling import Drawer, Look, Piece
from .text import CitedFinder, word

AT_ONCE = 500  # keys or works in one statement
TEXTS_AT_ONCE = 200
LIVE = (Output.State.PUBLISHED, Output.State.UNDER_REVIEW)
DRAWN_WHILE_WRITING = 40  # references a writer waits for; the worker draws the rest
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:)\]]")
_FIELDS = (
    "kind", "title", "issued", "container", "volume", "issue", "pages", "publisher", "place", "edition", "doi", "isbn", "issn", "pmid",
    "url", "language", "year",
)  # fmt: skip


def record_of(work: Work) -> Record:
    """A work as the engine's record, for whatever writes records."""
    given = {name: getattr(work, name) for name in _FIELDS}
    return Record(
        key=work.citekey, authors=_names(work.authors), editors=_names(work.editors), abstract=work.abstract,
        keywords=tuple(work.keywords), **given,
    )  # fmt: skip


def _names(people: Iterable[Sequence[str]]) -> tuple[Name, ...]:
    return tuple(Name(*(str(part) for part in person[:2])) for person in people if person and person[0])


def digest_of(work: Work) -> str:
    """The same as long as a reference to the work is written the same."""
    said = [getattr(work, name) for name in (*_FIELDS, "authors", "editors")]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(slots=True)
class Source:
    """A work as it stands in one text."""

    work: Work
    cite: str
    entry: list[Piece]
    number: int = 0


class Sources:
    """The works a text cites, in the words of a style."""

    def __init__(self, by_key: dict[str, Source], look: Look, language: str) -> None:
        self.by_key, self.look, self.language = by_key, look, language
        self.listing = self._in_order()
        for number, source in enumerate(self.listing, start=1):
            source.number = number
        if not look.numbered:
            _tell_apart(self.listing)

    def _in_order(self) -> list[Source]:
        once = list({source.work.pk: source for source in self.by_key.values()}.values())
        if self.look.in_order_of_text:
            return once
        return sorted(
            once, key=lambda source: (_sorting("".join(words for words, _mark in source.entry)), source.work.pk)
        )

    def in_text(self, group: Group, typed: str) -> list[Token]:
        """(see Klee, 2021, p. 12; Berg, 2020), each leading to its place in the list; what is unknown as it was typed."""
        if not any(cite.key in self.by_key for cite in group.cites):
            return [word(typed)]
        with override(self.language):
            written = [word(self.look.opening)]
            for index, cite in enumerate(group.cites):
                written += [word(self.look.between)] if index else []
                written += self._one(cite)
            return [*written, word(self.look.closing)]

    def _one(self, cite: Cite) -> list[Token]:
        source = self.by_key.get(cite.key)
        before = [word(f"{cite.prefix} ")] if cite.prefix else []
        behind = [_("assessment card")] if cite.means == CARD else []
        behind += [words for words in (cite.locator, cite.suffix) if words]
        after = [word(", " + ", ".join(behind))] if behind else []
        if source is None:
            return [*before, word(f"@{cite.key}"), *after]
        said = str(source.number) if self.look.numbered else source.cite
        if cite.without_author and not self.look.numbered and (year := _YEAR.search(said)):
            said = said[year.start() :]
        return [*before, *_link(said, f"#quelle-{source.number}", css="work-citation", source=source.number), *after]

    def listed(self, *, headed: bool) -> list[Token]:
        with override(self.language):
            tokens = [] if headed else _block("heading", "h2", [word(_("Sources"))])
            kind, tag = ("ordered_list", "ol") if self.look.numbered else ("bullet_list", "ul")
            tokens.append(Token(f"{kind}_open", tag, 1, attrs={"class": "n-sources"}, block=True))
            for source in self.listing:
                opening = Token("list_item_open", "li", 1, attrs={"id": f"quelle-{source.number}"}, block=True)
                opening.meta = {"source": source.number}
                paragraph = _block("paragraph", "p", _entry(source))
                paragraph[0].hidden = paragraph[2].hidden = True
                tokens += [opening, *paragraph, Token("list_item_close", "li", -1, block=True)]
            return [*tokens, Token(f"{kind}_close", tag, -1, block=True)]


def _block(kind: str, tag: str, children: list[Token]) -> list[Token]:
    inline = Token("inline", "", 0, children=children, block=True)
    inline.content = "".join(child.content for child in children)
    return [Token(f"{kind}_open", tag, 1, block=True), inline, Token(f"{kind}_close", tag, -1, block=True)]


def _link(words: str, address: str, *, css: str = "", source: int = 0) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": address, **({"class": css} if css else {})})
    opening.meta = {"source": source} if source else {}
    return [opening, word(words), Token("link_close", "a", -1)]


def _entry(source: Source) -> list[Token]:
    children: list[Token] = []
    for words, mark in source.entry:
        inside = _with_addresses(words)
        tag = "strong" if mark == "strong" else "em"
        children += [Token(f"{mark}_open", tag, 1), *inside, Token(f"{mark}_close", tag, -1)] if mark else inside
    if source.work.standing != Work.Standing.SOUND:
        label = f" [{source.work.get_standing_display()}]"
        children += [Token("strong_open", "strong", 1), word(label), Token("strong_close", "strong", -1)]
    if address := card_address(source.work):
        children += [word(" – "), *_link(_("our assessment"), address)]
    return children


def _with_addresses(words: str) -> list[Token]:
    pieces, at = [], 0
    for found in _ADDRESS.finditer(words):
        pieces += [word(words[at : found.start()]), *_link(found[0], found[0])]
        at = found.end()
    return [piece for piece in [*pieces, word(words[at:])] if piece.type != "text" or piece.content]


def _sorting(words: str) -> str:
    folded = words.casefold()
    for umlaut, plain in (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "ss"), ("é", "e"), ("ç", "c"), ("ş", "s")):
        folded = folded.replace(umlaut, plain)
    return re.sub(r"[^\w ]", "", folded)


def _tell_apart(sources: Sequence[Source]) -> None:
    """Works of the same people and year get letters behind the year, in the text and in the list: 2020a, 2020b."""
    often = Counter(source.cite for source in sources)
    met: Counter[str] = Counter()
    for source in sources:
        said = source.cite
        if often[said] < 2 or not _YEAR.search(said):
            continue
        letter = "abcdefghijklmnopqrstuvwxyz"[met[said] % 26]
        met[said] += 1
        source.cite = _lettered(said, letter)
        for at, (words, mark) in enumerate(source.entry):
            if _YEAR.search(words):
                source.entry[at] = (_lettered(words, letter), mark)
                break


def _lettered(words: str, letter: str) -> str:
    return _YEAR.sub(lambda found: found[1] + letter, words, count=1)


def works_called(keys: Iterable[str]) -> dict[str, Work]:
    """The works that bear these citation keys, as they are cited: one that was merged is itself."""
    found: dict[str, Work] = {}
    for wanted in slices(sorted(set(keys)), AT_ONCE):
        some = Work.objects.filter(citekey__in=wanted).select_related("card__edition")
        found |= {work.citekey: work for work in some}
    return found


def language_of(output: Output) -> str:
    return "en" if output.language == "en" else "de"


def finder(output: Output, *, draw: bool = False) -> CitedFinder:
    """What draws the works into a text of this output; ``draw``: who asks may wait for references that are not kept yet."""
    return finder_in(output.style, language_of(output), draw=draw)


def finder_in(style: str, language: str, *, draw: bool = False) -> CitedFinder:
    """What draws works into a text in a style and a language."""

    def find(groups: Sequence[Group]) -> Sources:
        called = works_called(cite.key for group in groups for cite in group.cites)
        roots = roots_of(called.values())
        written_in = styling.known(style)
        once = list({root.pk: root for root in roots.values()}.values())
        kept = references(once, style=written_in, language=language, draw=draw)
        by_key: dict[str, Source] = {}
        for group in groups:
            for cite in group.cites:
                if cite.key in called and cite.key not in by_key:
                    root = roots[called[cite.key].pk]
                    said, entry = kept[root.pk]
                    by_key[cite.key] = Source(root, said, list(entry))
        same = {}
        for key, source in by_key.items():  # two keys of one work are one source
            by_key[key] = same.setdefault(source.work.pk, source)
        return Sources(by_key, styling.look_of(written_in), language)

    return find


def references(
    works: Sequence[Work], *, style: str, language: str, draw: bool = False
) -> dict[int, tuple[str, list[Piece]]]:
    """How each work is written, by id; those that are not kept plainly, or drawn where the asker may wait."""
    found: dict[int, tuple[str, list[Piece]]] = {}
    digests: dict[int, str] = {}
    for part in slices(works, AT_ONCE):
        some = [work.pk for work in part]
        for one in Reference.objects.filter(work__in=some, style=style, language=language):
            found[one.work_id] = (one.cite, [(words, mark) for words, mark in one.entry])
            digests[one.work_id] = one.digest
    if draw:
        stale = [work for work in works if digests.get(work.pk) != digest_of(work)]
        found |= draw_references(stale[:DRAWN_WHILE_WRITING], style=style, language=language)
    return found | {work.pk: plainly(work) for work in works if work.pk not in found}


def draw_references(works: Sequence[Work], *, style: str, language: str) -> dict[int, tuple[str, list[Piece]]]:
    """Draw works and keep what was drawn."""
    if not works:
        return {}
    drawer, now = _drawer(style, language), timezone.now()
    made = []
    for work in works:
        try:
            cite, entry = drawer.draw(json.loads(write_csl(record_of(work))))
        except Exception:  # what the processor cannot write is written plainly; no text stands still for it
            cite, entry = plainly(work)
        made.append(
            Reference(
                work=work, style=style, language=language, digest=digest_of(work), cite=(cite or plainly(work)[0])[:400], entry=entry,
                drawn_at=now,
            )
        )  # fmt: skip
    Reference.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["work", "style", "language"], update_fields=["digest", "cite", "entry", "drawn_at"],
        batch_size=200,
    )  # fmt: skip
    return {one.work_id: (one.cite, one.entry) for one in made}


@lru_cache(maxsize=8)  # a style's file never changes under its key
def _drawer(style: str, language: str) -> Drawer:
    return Drawer(styling.csl_of(style), language)


def plainly(work: Work) -> tuple[str, list[Piece]]:
    """Author, year and title, where no style has written the work yet."""
    names = [name.family for name in _names(work.authors) or _names(work.editors)]
    who = (
        names[0] + (" et al." if len(names) > 2 else f" & {names[1]}" if len(names) == 2 else "")
        if names
        else work.title[:60]
    )
    year = str(work.year) if work.year else work.issued[:4] or "–"
    everybody = "; ".join(str(name) for name in _names(work.authors) or _names(work.editors))
    held = f" {work.container}." if work.container else ""
    address = f" https://doi.org/{work.doi}" if work.doi else f" {work.url}" if work.url.startswith("http") else ""
    return f"{who}, {year}", [(f"{everybody or who} ({year}). {work.title}.{held}{address}", "")]


def card_address(work: Work) -> str:
    """Where readers find our assessment of a work; "" where there is none for them."""
    card: Card | None = getattr(work, "card", None)
    if card is None or card.edition_id is None or card.state == Card.State.WITHDRAWN:
        return ""
    try:
        return reverse("studies:study", args=[work.citekey])
    except NoReverseMatch:  # the reading room has no page yet
        return ""


def address_of(work: Work) -> str:
    """Where readers learn more of a work: our page on the study, its DOI, its own address; "" where nothing is known."""
    if address := card_address(work):
        return address
    if work.doi:
        return f"https://doi.org/{work.doi}"
    return work.url if work.url.startswith(("http://", "https://")) else ""


def draw_of(output: Output, *, by: Actor, at: datetime) -> int:
    """Draw what the texts of an output cite and is not kept as it is now; the number drawn."""
    language, style = language_of(output), styling.known(output.style)
    cited = Work.objects.filter(pk__in=output.work_citations.exclude(work=None).values("work")).select_related("card")
    works = list({root.pk: root for root in roots_of(cited).values()}.values())
    drawn = Reference.objects.filter(style=style, language=language, work__in=[work.pk for work in works])
    kept: dict[int, str] = dict(drawn.values_list("work_id", "digest"))
    stale = [work for work in works if kept.get(work.pk) != digest_of(work)]
    with transaction.atomic():
        drawn.exclude(work__in=stale).update(drawn_at=timezone.now())
        draw_references(stale, style=style, language=language)
        if stale:
            record(ReferencesDrawn(output_id=output.pk, references=len(stale)), by=by, at=at, touched=[output])
    return len(stale)


def draw_all(*, by: Actor, at: datetime) -> int:
    """The chore: what readers have cites works that were corrected since, or was given another style."""
    kept = Reference.objects.filter(
        work=OuterRef("meant"), style=OuterRef("as_style"), language=OuterRef("as_language"), drawn_at__gte=OuterRef("changed")
    )  # fmt: skip
    cited = WorkCitation.objects.filter(published=True, work__isnull=False, output__state__in=LIVE).annotate(
        meant=Coalesce("work__merged_into", "work"),
        changed=Coalesce("work__merged_into__changed_at", "work__changed_at"),
        as_style=Case(When(output__style="", then=Value(styling.HOUSE_STYLE)), default=F("output__style")),
        as_language=Case(When(output__language="en", then=Value("en")), default=Value("de")),
    )
    behind = cited.filter(~Exists(kept)).order_by("output").values_list("output", flat=True).distinct()[:TEXTS_AT_ONCE]
    return sum(draw_of(output, by=by, at=at) for output in Output.objects.filter(pk__in=list(behind)))
