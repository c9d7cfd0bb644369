"""A study is retracted and the dossier that rests on it says so; the official gets two pages with sources."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.library.facts import NoticeNoted
from nahtstelle.rooms.library.models import Card, Notice, Work
from nahtstelle.rooms.outputs.models import Output
from tests.journeys.visitor import Visitor
from tests.rooms.library.stock import published_card
from tests.rooms.outputs.test_printing import read

pytestmark = pytest.mark.journey

SLUG = "dossier-sprache-und-arbeit"
KEY, CLAIM = "nguyen2024mothers", "Ein verloster Betreuungsplatz am Kursort hob die Teilnahme um ein Drittel."
BY = system("tests")


def retract(citekey: str) -> None:
    """What whoever keeps the library notes, or a source brings."""
    at, work = timezone.now(), Work.objects.get(citekey=citekey)
    with transaction.atomic():
        notice = Notice.objects.create(work=work, kind=Notice.Kind.RETRACTION, on=timezone.localdate(at), noted_at=at)
        Work.objects.filter(pk=work.pk).update(standing=Work.Standing.RETRACTED)
        record(NoticeNoted(notice_id=notice.pk, work_id=work.pk, kind=notice.kind), by=BY, at=at, touched=[work])
    deliver_all(at=at)


def test_a_study_is_retracted_and_the_dossier_says_so(
    demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[[Any], None], tmp_path: Path
) -> None:
    reader, emre = visitor(), visitor()
    reader.opens("outputs:output", SLUG)
    reader.sees("(Nguyen & Okafor, 2024, Tab. 3)", within="#main .n-prose", plain=True)
    assert reader.banners == []

    retract(KEY)
    reader.looks_again()
    assert reader.banners == [reader.said("A study was retracted")]
    reader.sees(
        "Ob ein Angebot wahrgenommen wird, entscheidet sich oft an Kinderbetreuung und Wegen.",
        within="#main .n-banner",
        plain=True,
    )
    reader.sees("Childcare during language courses", within="#main .n-banner", plain=True)
    axe(reader.page)
    pdf = reader.page.request.get(reverse("outputs:pdf", args=[SLUG])).body()
    assert reader.said("A study was retracted") in " ".join(read(pdf, tmp_path).split())

    emre.comes_in_as("Emre Aydın")
    output = Output.objects.get(slug=SLUG)
    wave = output.impacts.get().wave
    assert emre.page.locator(f"a[href='{reverse('outputs:settle', args=[wave.pk, output.pk])}']").count() >= 1
    emre.opens("outputs:settle", wave.pk, output.pk)
    emre.sees(CLAIM, within="#main", plain=True)
    axe(emre.page)
    emre.fills("Reason", "Der Befund steht auch in zwei anderen Studien.")
    emre.does("valid")
    reader.looks_again()
    assert reader.banners == []

    emre.opens("outputs:sources", SLUG)
    emre.sees("retracted", within="#main", context="publication")
    axe(emre.page)
    emre.opens("outputs:edit", SLUG)
    text = emre.field("Text")
    text.evaluate("field => field.setSelectionRange(0, 0)")
    emre.page.locator("summary", has_text=emre.said("Cite a study")).click()
    emre.page.locator("form[data-find] input[name=q]").fill("Bauer 2020")
    emre.presses("Search", within="form[data-find]")
    emre.page.locator("#found-sources [data-cite='[@bauer2020muetter]']").click()
    expect(text).to_have_value("[@bauer2020muetter]" + output.body)


def test_the_official_gets_two_pages_with_sources(
    demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[[Any], None], tmp_path: Path
) -> None:
    assess(30)
    emre = visitor()
    emre.comes_in_as("Emre Aydın")
    emre.opens("outputs:brief", query="?f=gr-frauen&frage=Was+wissen+wir+%C3%BCber+gefl%C3%BCchtete+Frauen%3F")
    emre.sees("Was wissen wir über geflüchtete Frauen?", within="#brief", plain=True)
    axe(emre.page)
    link = emre.named("link", "Two pages as PDF", within="#brief").get_attribute("href")
    content = emre.page.request.get(str(link)).body()
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) <= 2
    text = " ".join(read(content, tmp_path).split())
    assert "Befund 0" in text and "Quellen" in text and "Stand: " in text
    docx = emre.page.request.get(
        str(emre.named("link", "Two pages as Word file", within="#brief").get_attribute("href"))
    )
    assert docx.body()[:2] == b"PK"

    emre.presses("Begin a dossier from this", within="#brief")
    expect(emre.field("Text")).to_have_value(re.compile(r"\[@"))
    made = Output.objects.latest("pk")
    assert made.kind.key == "out-dossier" and made.work_citations.filter(working=True).count() >= 5


def assess(number: int) -> None:
    """Studies on women, assessed and published, beside those the demo has."""
    reviewer, second = (Account.objects.filter(is_active=True).order_by("pk")[n] for n in (0, 1))
    women = Concept.objects.get(key="gr-frauen")
    for n, work in enumerate(Work.objects.exclude(pk__in=Card.objects.values("work")).order_by("citekey")[:number]):
        card = published_card(
            work, reviewer, second, finding_de=f"Befund {n} zu Frauen in Kursen und Arbeit.", strength=n % 5
        )
        assert card.edition is not None
        card.edition.concepts.set([women])
