"""The scale that pages show is the one the reference explains."""

from pathlib import Path

from django.utils.translation import override

from nahtstelle.rooms.library.models import Strength, Template
from nahtstelle.rooms.library.strengths import BY_KIND, scale


def test_the_reference_says_what_the_pages_say(root: Path) -> None:
    reference = (root / "docs" / "reference" / "evidence.md").read_text()
    with override("en"):
        for one in scale():
            assert f"| {one.word} | {one.bars} | {one.meaning} |" in reference


def test_every_level_and_every_kind_is_explained() -> None:
    assert {one.level for one in scale()} == set(Strength.values)
    assert set(BY_KIND) == set(Template.values)
