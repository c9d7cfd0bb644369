"""The comparison against the independent list of changes of 30 real laws, norm by norm.

Where the two disagree, docs/reference/comparing.md says why, in a table this test reads: a disagreement that is not
explained there fails, and so does an explanation nothing needs any more.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nahtstelle.engines.lawtext.changes import ChangeClass, ChangeKind, NormChange
from nahtstelle.engines.lawtext.comparing import compare
from nahtstelle.engines.lawtext.values import NormKind
from tests.engines.lawtext.comparing_cases import DATA, dated_law, needs_laws

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "comparing.md"
REFERENCE = DATA / "reference_changes.json"
PAIRS: list[dict[str, Any]] = json.loads(REFERENCE.read_text(encoding="utf-8")) if REFERENCE.exists() else []

Disagreement = tuple[str, str, str, str, str, str]  # law, old day, new day, norm, what the list says, what we say


def pair_name(pair: dict[str, Any]) -> str:
    return f"{pair['slug']}-{pair['old']}-{pair['new']}"


def listed(pair: dict[str, Any]) -> set[tuple[str, str]]:
    """What the reference says of one pair of days, as (norm, word)."""
    words = {
        "added": "added",
        "removed": "removed",
        "changed": "changed",
        "title_changed": "title changed",
        "footnote_only": "footnote only",
    }
    said = {(name.replace(" #", "#"), word) for field, word in words.items() for name in pair[field]}
    return said | ({("head", "header changed")} if pair["header_changed"] else set())


def ours(changes: tuple[NormChange, ...]) -> dict[tuple[str, str], str]:
    """What we say in the words of the reference, and the words we say it in."""
    said: dict[tuple[str, str], str] = {}
    for change in changes:
        kind, classes, name = change.norm.kind, set(change.classes), change.norm.key
        told = f"{change.kind.value} [{', '.join(each.value for each in change.classes)}]"
        if kind is NormKind.HEAD:
            if classes - {ChangeClass.REBUILD}:
                said["head", "header changed"] = told
        elif kind is NormKind.STRUCTURE:
            continue
        elif change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
            said[name, change.kind.value] = told
        elif change.old_designation == change.designation == change.norm.designation:
            if classes & {ChangeClass.TEXT, ChangeClass.HEADING} or (
                kind is NormKind.CONTENTS and ChangeClass.STRUCTURE in classes
            ):
                said[name, "changed"] = told
            elif ChangeClass.NOTES in classes:
                said[name, "footnote only"] = told
            if ChangeClass.HEADING in classes:
                said[name, "title changed"] = told
    return said


def told_otherwise(changes: tuple[NormChange, ...], name: str) -> str:
    """How we tell of a norm that the reference tells of in another word."""
    told = [
        f"{change.kind.value} {change.old_designation} → {change.designation}"
        for change in changes
        if name in (change.norm.key, change.designation, change.old_designation)
    ]
    return "; ".join(told) or "not listed"


def disagreements(pair: dict[str, Any]) -> set[Disagreement]:
    return _disagreements(PAIRS.index(pair))


@cache
def _disagreements(at: int) -> set[Disagreement]:
    pair = PAIRS[at]
    slug, old, new = pair["slug"], pair["old"], pair["new"]
    changes = compare(dated_law(old, slug), dated_law(new, slug))
    reference, mine = listed(pair), ours(changes)
    found = {(slug, old, new, name, word, told_otherwise(changes, name)) for name, word in reference - set(mine)}
    return found | {(slug, old, new, name, "not listed", mine[name, word]) for name, word in set(mine) - reference}


def explained() -> dict[Disagreement, str]:
    """The table of the page: law, old, new, norm, reference, ours, why."""
    day = r"\d{4}-\d\d-\d\d"
    row = re.compile(rf"^\| `([\w-]+)` \| ({day}) \| ({day}) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
    return {found[:6]: found[6] for found in row.findall(PAGE.read_text(encoding="utf-8"))}


@needs_laws
@pytest.mark.parametrize("pair", PAIRS, ids=pair_name)
def test_every_disagreement_with_the_reference_is_explained(pair):
    assert disagreements(pair) - set(explained()) == set()


@needs_laws
def test_every_explanation_has_its_disagreement_and_its_reason():
    found = {each for pair in PAIRS for each in disagreements(pair)}
    table = explained()
    assert set(table) == found
    assert [row for row, why in table.items() if not why] == []


@needs_laws
def test_the_reference_is_whole():
    assert len(PAIRS) == 102
    assert [sum(len(pair[field]) for pair in PAIRS) for field in ("added", "removed", "changed")] == [91, 10, 799]


@needs_laws
def test_the_new_residence_permit_for_training_is_added_and_the_toleration_for_training_stays():
    """§ 16g came on 1.3.2024 beside § 60c (Ausbildungsduldung), which many believed was gone."""
    changes = compare(dated_law("2023-11-15", "aufenthg_2004"), dated_law("2024-03-06", "aufenthg_2004"))
    told = {change.designation: change for change in changes}
    assert (told["§ 16g"].kind, told["§ 16g"].classes) == (ChangeKind.ADDED, (ChangeClass.TEXT,))
    assert [c.kind for c in changes if "§ 60c" in (c.designation, c.old_designation)] == [ChangeKind.AMENDED]
    assert (told["§ 60c"].classes, told["§ 60c"].is_substance) == ((ChangeClass.REBUILD,), False)


@needs_laws
def test_the_blue_card_is_told_as_taken_out_of_its_old_section():
    changes = compare(dated_law("2023-11-15", "aufenthg_2004"), dated_law("2023-11-22", "aufenthg_2004"))
    told = {change.designation: (change.kind, change.old_designation) for change in changes}
    assert (told["§ 18g"], told["§ 18b"]) == ((ChangeKind.SPLIT, "§ 18b"), (ChangeKind.AMENDED, "§ 18b"))


@needs_laws
def test_a_law_promulgated_anew_has_few_changes_of_text_and_many_new_numbers():
    changes = compare(dated_law("2025-04-02", "bbig_2005"), dated_law("2026-04-29", "bbig_2005"))
    (earlier,) = (pair for pair in PAIRS if (pair["slug"], pair["new"]) == ("bbig_2005", "2026-04-29"))
    assert {c.designation for c in changes if c.is_substance} == set(earlier["changed"])
    anew = [c for c in changes if ChangeClass.REPROMULGATION in c.classes and c.norm.kind is NormKind.PROVISION]
    assert len(anew) == 121
