"""A file's terms fitted to what is there: which concept each is, what it would say, and what is wrong with it.

The result is pure: the same reading fitted to the same vocabulary gives the same concepts.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..rules import circle_sentence
from ..values import ConceptValue, FacetValue, find_cycle
from .reading import Reading, Scheme, Term
from .wording import Problem, worded


@dataclass(frozen=True, slots=True)
class Known:
    """A concept that is there already."""

    key: str
    uri: str
    facet: str
    iso_code: str = ""
    ags: str = ""


@dataclass(frozen=True, slots=True)
class There:
    """The vocabulary a file is fitted to: all concepts by name, those of the facets concerned in full."""

    known: tuple[Known, ...]
    values: Mapping[str, ConceptValue]
    address: Callable[[str], str]  # of a concept by key


@dataclass(slots=True)
class Fitted:
    """What an import would do. With errors among the problems it does nothing."""

    facets: list[FacetValue] = field(default_factory=list)
    values: list[ConceptValue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    created: list[ConceptValue] = field(default_factory=list)
    changed: list[ConceptValue] = field(default_factory=list)
    unchanged: int = 0
    before: dict[str, ConceptValue] = field(default_factory=dict)  # of what it would change, by key
    left_out: dict[str, int] = field(default_factory=dict)  # properties without a place here, and how often

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    def error(self, value: ConceptValue, sentence: str) -> None:
        self.problems.append(Problem(value.name_de or value.name_en, sentence, True))


def facets_of(reading: Reading, target: FacetValue | None) -> list[FacetValue]:
    """The facets an import goes into: ``target``, or those the file itself names (files of Nahtstelle do)."""
    if target is not None:
        return [target]
    return [_facet(scheme) for scheme in reading.schemes if scheme.key]


def _facet(scheme: Scheme) -> FacetValue:
    names = dict(scheme.names)
    name = next(iter(names.values()), scheme.key)
    return FacetValue(scheme.key, names.get("de", name)[:100], names.get("en", name)[:100], scheme.position)


def fit(reading: Reading, target: FacetValue | None, there: There, *, day: date, source: str) -> Fitted:
    """Fit a reading into ``target``, or into the facets it names itself.

    ``day`` ends concepts that the file calls deprecated without saying since when. ``source`` marks new concepts.
    """
    fitted = Fitted(facets=facets_of(reading, target), left_out=reading.left_out)
    bench = _Bench(
        keys=_all_keys(reading.terms, target, there),
        facets={known.key: known.facet for known in there.known},
        there=there,
        day=day,
        source=source,
        problems=fitted.problems,
    )
    facet_by_scheme = {scheme.uri: scheme.key for scheme in reading.schemes if scheme.key}
    for term in reading.terms:
        facet = target.key if target else next((facet_by_scheme[s] for s in term.schemes if s in facet_by_scheme), "")
        value = bench.value(term, facet)
        if value is not None:
            fitted.values.append(value)
    fitted.values = _both_ways(fitted.values)
    _judge_whole(fitted, there)
    for value in fitted.values:
        before = there.values.get(value.key)
        if before is None:
            fitted.created.append(value)
        elif before != value:
            fitted.changed.append(value)
            fitted.before[value.key] = before
        else:
            fitted.unchanged += 1
    fitted.problems.sort(key=lambda problem: not problem.is_error)
    return fitted


def _all_keys(terms: list[Term], target: FacetValue | None, there: There) -> dict[str, str]:
    keys = {there.address(key): key for key in there.values}
    keys |= {value.uri: value.key for value in there.values.values() if value.uri}
    return keys | _keys(terms, target, there)


def _keys(terms: Iterable[Term], target: FacetValue | None, there: There) -> dict[str, str]:
    """The key of each term by its address: that of the concept it already is, or a new one."""
    by_uri = {known.uri: known.key for known in there.known if known.uri}
    by_uri |= {there.address(known.key): known.key for known in there.known}
    taken = {known.key for known in there.known}
    keys: dict[str, str] = {}
    for term in terms:
        key = by_uri.get(term.uri) or term.key
        if not key:
            key = _new_key(term, target.key if target else "", taken)
        taken.add(key)
        keys[term.uri] = key
    return keys


def _new_key(term: Term, facet: str, taken: set[str]) -> str:
    tail = term.uri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    if term.uri.startswith("_:"):
        tail = next((text for _language, text in term.names), "")
    key = f"{facet}-{slugify(tail)}".strip("-")[:50]
    if key not in taken:
        return key
    # Two addresses may end alike; what tells them apart is the whole.
    return f"{key}-{hashlib.sha256(term.uri.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every term is fitted with."""

    keys: Mapping[str, str]  # by address: of the file and of the facets concerned
    facets: Mapping[str, str]  # of every concept there is, by key
    there: There
    day: date
    source: str
    problems: list[Problem]

    def value(self, term: Term, facet: str) -> ConceptValue | None:
        key = self.keys[term.uri]
        words = worded(term)
        if not facet:
            words.error(_("It belongs to no facet of this file; please choose a facet."))
        elif self.facets.get(key, facet) != facet:
            words.error(_("The key %(key)s belongs to the facet %(facet)s.") % {"key": key, "facet": self.facets[key]})
        self.problems.extend(words.problems)
        if any(problem.is_error for problem in words.problems):
            return None
        before = self.there.values.get(key)
        value = ConceptValue(
            key=key,
            facet=facet,
            name_de=words.names.get("de", ""),
            name_en=words.names.get("en", ""),
            note_de=words.notes.get("de", ""),
            note_en=words.notes.get("en", ""),
            notation=words.codes.get("", ""),
            uri="" if term.uri.startswith("_:") or term.uri == self.there.address(key) else term.uri,
            source=before.source if before else self.source,
            broader=self._neighbours(term.broader, words.who),
            related=self._neighbours(term.related, words.who) - {key},
            replaced_by=next(iter(self._neighbours([term.replaced_by], words.who)), ""),
            labels=words.labels,
        )
        if not term.key:
            return self._with_what_others_cannot_say(value, before, term.deprecated)
        return replace(
            value,
            level=term.level,
            iso_code=words.codes.get("iso", ""),
            ags=words.codes.get("ags", ""),
            position=term.position,
            valid_from=words.valid_from,
            valid_until=words.valid_until,
        )

    def _with_what_others_cannot_say(
        self, value: ConceptValue, before: ConceptValue | None, deprecated: bool
    ) -> ConceptValue:
        """Codes and days of foreign files mean nothing to us: what is there stays."""
        if before is not None:
            names = ("level", "iso_code", "ags", "position", "valid_from", "valid_until")
            value = replace(value, **{name: getattr(before, name) for name in names})
            value = replace(value, replaced_by=value.replaced_by or before.replaced_by)
        if deprecated and value.valid_until is None:
            value = replace(value, valid_until=max(self.day, value.valid_from or self.day))
        return value

    def _neighbours(self, addresses: Iterable[str], who: str) -> frozenset[str]:
        found = set()
        for address in filter(None, addresses):
            if key := self.keys.get(address):
                found.add(key)
            else:
                sentence = _("It names %s, which is neither in the file nor here; the link is left out.")
                self.problems.append(Problem(who, sentence % address))
        return frozenset(found)


def _both_ways(values: list[ConceptValue]) -> list[ConceptValue]:
    """SKOS: who is related to me, I am related to."""
    partners: dict[str, set[str]] = {}
    for value in values:
        for key in value.related:
            partners.setdefault(key, set()).add(value.key)
    return [replace(value, related=value.related | partners.get(value.key, set())) for value in values]


def _judge_whole(fitted: Fitted, there: There) -> None:
    """What only shows when all concepts stand beside each other: keys and names twice, strangers, circles."""
    by_key: dict[str, ConceptValue] = {}
    for value in fitted.values:
        if value.key in by_key:
            fitted.error(value, _("Two concepts of the file have the key %s.") % value.key)
        by_key[value.key] = value
    after = {**there.values, **by_key}
    for value in by_key.values():
        strangers = [k for k in (*value.broader, value.replaced_by) if k in after and after[k].facet != value.facet]
        if strangers:
            sentence = _("%s is of another facet; broader concepts and successors are of the same.")
            fitted.error(value, sentence % ", ".join(strangers))
        if value.replaced_by == value.key:
            fitted.error(value, _("A concept cannot be replaced by itself, not even by a detour."))
    _judge_codes(fitted, after, there)
    circle = find_cycle((key, value.broader) for key, value in after.items())
    if circle:
        names = {key: value.name_de or value.name_en for key, value in after.items()}
        fitted.error(after[circle[0]], circle_sentence(circle, names))
    for name, language in (("name_de", "de"), ("name_en", "en")):
        _judge_names(fitted, by_key.values(), name, language)


def _judge_codes(fitted: Fitted, after: Mapping[str, ConceptValue], there: There) -> None:
    """A code names one concept, of whatever facet."""
    holders: dict[tuple[str, str], str] = {}
    for known in there.known:
        if known.key not in after:
            holders |= {("iso_code", known.iso_code): known.key, ("ags", known.ags): known.key}
    for value in after.values():
        for name in ("iso_code", "ags"):
            code = getattr(value, name)
            holder = holders.setdefault((name, code), value.key)
            if code and holder != value.key:
                sentence = _("The code %(code)s already belongs to %(holder)s.")
                fitted.error(value, sentence % {"code": code, "holder": holder})


def _judge_names(fitted: Fitted, values: Iterable[ConceptValue], name: str, language: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for value in values:
        text = getattr(value, name)
        first = seen.setdefault((value.facet, text), value.key)
        if text and first != value.key:
            sentence = _("Two concepts have this name in the language %(language)s: %(one)s and %(other)s.")
            said = sentence % {"language": language, "one": first, "other": value.key}
            fitted.problems.append(Problem(text, said))
