"""A published text held a mistake: it is corrected, and whoever cited the old edition finds it, with what became of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.feeds.models import HarvestRecord
from nahtstelle.site.feeds.oai.keeping import keep_records
from tests.journeys.visitor import Visitor
from tests.rooms.outputs.test_printing import read

pytestmark = [pytest.mark.journey, pytest.mark.once]

SLUG = "instrument-kmu-fahrplan"
WRONG, RIGHT = "Der Zuschuss beträgt 600 Euro.", "Der Zuschuss beträgt 400 Euro."
NOTE = "Berichtigt: die Höhe des Zuschusses."


@pytest.fixture
def published(demo_centre: str) -> Output:
    """The plan for small companies, as readers have it with the mistake; harvesters got it a month ago."""
    output = Output.objects.select_related("edition").get(slug=SLUG)
    assert output.edition is not None and output.edition.number == 1
    body = f"{WRONG}\n\n{output.body}"
    for text in (Output.objects.filter(pk=output.pk), output.editions.all(), output.saves.all()):
        text.update(body=body)
    keep_records([output.pk], at=timezone.now() - timedelta(days=30))
    HarvestRecord.objects.filter(output=output).update(stamp=timezone.now() - timedelta(days=30))
    return output


def test_a_corrected_text_leaves_its_old_edition_where_it_was_cited(
    published: Output, visitor: Callable[..., Visitor], axe: Callable[[Any], None], tmp_path: Path
) -> None:
    reader, emre, ruth = visitor(), visitor(), visitor()
    before, cited = stamp_of(reader), address_cited_in_the_pdf(reader, tmp_path)
    assert WRONG in words_at(reader, cited)

    emre.comes_in_as("Emre Aydın")
    emre.opens("outputs:edit", SLUG)
    text = emre.field("Text")
    text.fill(text.input_value().replace(WRONG, RIGHT))
    emre.presses("Save", within="#editor")
    emre.does("submit")
    assert WRONG in words_at(reader, reverse("outputs:output", args=[SLUG]))  # until a second person has read it

    ruth.comes_in_as("Ruth Sommerfeld")
    ruth.opens("outputs:work", SLUG)
    ruth.does("sign-off")
    ruth.fills("What is new in this edition", NOTE)
    ruth.does("publish")
    deliver_all(at=timezone.now())

    shown = words_at(reader, reverse("outputs:output", args=[SLUG]))
    assert (RIGHT in shown, WRONG in shown) == (True, False)
    pdf = read(pdf_of(reader), tmp_path)
    assert (RIGHT in pdf, WRONG in pdf) == (True, False)

    assert WRONG in words_at(reader, cited)
    assert reader.banners == [reader.said("An older edition")]
    reader.sees(NOTE, within="#main .n-banner", plain=True)
    axe(reader.page)
    reader.follows("To the current edition", within="#main")
    assert reader.path == reverse("outputs:output", args=[SLUG])

    assert stamp_of(reader) > before


def words_at(reader: Visitor, address: str) -> str:
    reader.page.goto(address)
    return reader.page.locator("#main").inner_text()


def pdf_of(reader: Visitor) -> bytes:
    answer = reader.page.request.get(reverse("outputs:pdf", args=[SLUG]))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def address_cited_in_the_pdf(reader: Visitor, folder: Path) -> str:
    """What the foot of the PDF gives as the lasting address of its edition."""
    said = "".join(read(pdf_of(reader), folder).split())  # a long address goes on in the next line
    found = re.search(r"bleibtunterhttp\S+?(/veroeffentlichungen/\S+?/fassung/1/)", said)
    assert found is not None
    return found[1]


def stamp_of(reader: Visitor) -> str:
    """The day and moment of the text's record, as a harvester gets it."""
    identifier = f"oai:localhost:{SLUG}"
    query = f"?verb=GetRecord&metadataPrefix=oai_dc&identifier={identifier}"
    answer = reader.page.request.get(reverse("feeds:oai") + query)
    (stamp,) = etree.fromstring(answer.body()).iter("{*}datestamp")
    return str(stamp.text)
