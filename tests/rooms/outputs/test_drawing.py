"""A drawn edition is kept and shown only while it would come out the same; the page of a text asks few questions."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from nahtstelle.rooms.outputs import describing, drawing, letting_go, text, understanding
from nahtstelle.rooms.outputs.models import Citation, Drawing, Edition, Output
from tests.rooms.outputs.making import BY, NOW, TODAY, Cast, Shelf, bring_out, concept, published, ready, write

BODY = "## Was gilt\n\nMaßgeblich ist § 1 BspG.\n\n:::hinweis\nBis morgen.\n:::\n"


def cited(output: Output) -> list[Citation]:
    return list(output.citations.filter(published=True).select_related("law", "provision"))


def shown(output: Output) -> text.Drawn:
    """What readers get, of rows that are read anew."""
    output = Output.objects.select_related("edition").get(pk=output.pk)
    assert output.edition is not None
    return drawing.drawn_edition(output.edition, cited(output))


@pytest.fixture
def drawn_anew(monkeypatch: pytest.MonkeyPatch) -> list[Edition]:
    """Filled with each edition that is drawn."""
    drawn: list[Edition] = []
    as_ever = drawing.draw_edition

    def watched(edition: Edition, citations: Any) -> text.Drawn:
        drawn.append(edition)
        return as_ever(edition, citations)

    monkeypatch.setattr(drawing, "draw_edition", watched)
    return drawn


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_was_drawn_when_it_was_published_is_what_would_be_drawn_now(
    cast: Cast, law: Shelf, drawn_anew: list[Edition], language: str
) -> None:
    output = published(cast, body=BODY)
    drawn_anew.clear()
    with override(language):
        kept = shown(output)
        assert drawn_anew == []
        Drawing.objects.all().delete()
        assert shown(output) == kept
    assert drawn_anew and "/normen/" not in kept.html and 'class="law-citation"' in kept.html
    assert ("Hinweis" if language == "de" else "Note") in kept.html
    assert [heading.text for heading in kept.headings] == ["Was gilt"]


def test_a_citation_that_leads_elsewhere_is_never_shown_as_it_was(
    cast: Cast, law: Shelf, drawn_anew: list[Edition]
) -> None:
    output = published(cast, body=BODY)
    assert "law-citation" in shown(output).html
    drawn_anew.clear()
    output.citations.update(provision=None)
    assert "law-citation" not in shown(output).html
    assert len(drawn_anew) == 1


def test_other_code_draws_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch, drawn_anew: list[Edition]) -> None:
    output = published(cast, body=BODY)
    drawn_anew.clear()
    monkeypatch.setattr(drawing, "made_by", lambda: "tomorrow's")
    shown(output)
    assert len(drawn_anew) == 1
    assert drawing.keep_drawings(by=BY, at=NOW) == 1
    drawn_anew.clear()
    shown(output)
    assert drawn_anew == []
    assert drawing.keep_drawings(by=BY, at=NOW) == 0


def test_an_older_edition_leads_to_its_own_files_and_not_to_the_newest(cast: Cast) -> None:
    output = published(cast, body="![Punkt](bild.png)")
    first = output.edition
    assert first is not None and "fassung" not in shown(output).html
    write(output, cast.emre, body="![Punkt](bild.png)\n\nNeu.")
    bring_out(output, cast)
    old = drawing.drawn_edition(Edition.objects.select_related("output").get(pk=first.pk), [])
    assert "?fassung=1" in old.html
    assert "fassung" not in shown(output).html


def test_what_has_no_drawing_gets_one_some_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "AT_ONCE", 2)
    for _ in range(3):
        ready(owner=cast.emre.person)
    assert [drawing.keep_drawings(by=BY, at=NOW) for _ in range(3)] == [2, 1, 0]
    assert Drawing.objects.count() == 6  # in both languages


def test_a_law_that_comes_into_stock_lets_the_drawing_go(cast: Cast) -> None:
    from tests.rooms.outputs.making import shelf  # reason: this law comes after the text

    output = published(cast, body=BODY)
    assert Drawing.objects.filter(edition=output.edition_id).exists() and "law-citation" not in shown(output).html
    understanding.understand(shelf().law, names_are_new=True, by=BY, at=NOW)
    assert not Drawing.objects.filter(edition=output.edition_id).exists()
    assert "law-citation" in shown(output).html


def test_a_law_that_goes_lets_the_drawing_go(cast: Cast, law: Shelf) -> None:
    output = published(cast, body=BODY)
    letting_go._keep_in_words(law.readings[0], law.law.provisions.all())
    assert not Drawing.objects.filter(edition=output.edition_id).exists()


# --- what the page asks ----------------------------------------------------------------------------------------------


def statements(output: Output) -> int:
    client, address = Client(), reverse("outputs:output", args=[output.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_page_asks_as_much_for_much_as_for_little(cast: Cast, law: Shelf) -> None:
    little = published(cast, body="Ein Satz.")
    much = published(cast, body=BODY + "".join(f"\n\nAuch § {n} BspG." for n in range(1, 5)))
    much.concepts.add(*(concept(f"th-{n}", "theme") for n in range(9)))
    assert statements(much) == statements(little) <= 12


def test_a_reader_without_an_account_gets_what_a_question_worded_anew_gives(cast: Cast, law: Shelf) -> None:
    """The quick way and the long one, side by side."""
    output = published(cast, body=BODY)
    quick = describing.page_of(AnonymousUser(), output.slug, on=TODAY)
    slow = describing.page_of(cast.stranger, output.slug, on=TODAY)
    assert quick is not None and slow is not None and quick == slow
    for name in ("authorships", "citations", "concepts", "programmes"):
        assert list(getattr(quick, name).all()) == list(getattr(slow, name).all())
    assert (quick.edition, quick.kind.name, quick.owner.name) == (slow.edition, slow.kind.name, slow.owner.name)


@pytest.mark.parametrize(("audience", "seen"), [("public", True), ("network", False), ("staff", False)])
def test_the_quick_way_shows_nothing_that_is_not_for_everybody(cast: Cast, audience: str, seen: bool) -> None:
    output = ready(owner=cast.emre.person, audience=audience)
    assert describing.page_of(cast.ruth, output.slug, on=TODAY) == output
    assert (describing.page_of(AnonymousUser(), output.slug, on=TODAY) is not None) is seen
