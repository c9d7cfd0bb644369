"""The acceptance test of the product, on real law: a change announced for 1 March 2024 is taken back four days before.

The act of August 2023 was to replace § 60c AufenthG by § 16g on 1 March 2024. An act promulgated on 26 February 2024 kept
§ 60c beside § 16g. The story is told in the browser by those who live it; the worker's part is done between the scenes.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.actions import send_due_letters
from nahtstelle.register.notices.models import Letter
from nahtstelle.rooms.law.models import Act
from nahtstelle.rooms.outputs.models import Output, Wave
from nahtstelle.rooms.outreach.models import Dispatch
from tests.journeys.stage import NEW, Stage, official_file, set_stage
from tests.journeys.visitor import Visitor
from tests.register.notices.making import MailServer, mail_server

pytestmark = pytest.mark.journey

REPLACED = "§ 60c → § 16g"
BULLETIN = "Die Ausbildungsduldung bleibt: § 60c und § 16g nebeneinander"
Look = Callable[[Any], None]


@pytest.fixture
def stage(live_centre: str, shared_data: Path) -> Stage:
    return set_stage(shared_data)


@pytest.fixture
def post_office(settings: Any) -> Iterator[MailServer]:
    """A mail server of our own, and the platform set to it."""
    with mail_server(settings) as server:
        yield server


def test_a_planned_change_is_taken_back_before_it_takes_effect(
    stage: Stage, visitor: Callable[..., Visitor], post_office: MailServer, axe: Look, shared_data: Path, tmp_path: Path
) -> None:
    jana, emre, ruth, reader = visitor(), visitor(), visitor(), visitor()
    for somebody, name in ((jana, "jana"), (emre, "emre"), (ruth, "ruth")):
        somebody.signs_in(f"{name}@example.org")

    records_the_act_of_august(jana, axe)
    announces(jana)
    assert_readers_are_told(reader, stage.training, ["The law will change"], axe)
    assert_readers_are_told(reader, stage.board, [], axe)
    assert open_duties_of(stage.training) == 1

    records_the_act_of_february(jana, axe)
    announces(jana)
    assert_readers_are_told(reader, stage.training, ["A planned change was taken back"], axe)
    assert duties_by_state(stage.training) == [Duty.State.DROPPED, Duty.State.OPEN]

    imports_the_reading_of_march(jana, official_file(shared_data, NEW), tmp_path, axe)
    finds_both_provisions(reader, axe)
    assert_readers_are_told(reader, stage.employment, ["The law has changed"], axe)
    assert_readers_are_told(reader, stage.board, [], axe)

    farida = visitor()
    farida.signs_in("farida@example.org")
    answers_that_it_is_still_valid(farida, stage.permit, axe)
    assert "The law has changed" not in titles_shown(reader, stage.permit)
    olaf = visitor()
    olaf.signs_in("olaf@example.org")
    corrects(olaf, jana, stage.employment)
    assert titles_shown(reader, stage.employment) == []

    bulletin = drafts_the_bulletin(emre, axe)
    cannot_sign_off_oneself(emre, bulletin)
    signs_off_and_publishes(ruth, bulletin, axe)
    dispatch = prepares_the_dispatch(emre, bulletin, axe)
    assert (Letter.objects.count(), post_office.received) == (0, [])
    approves(ruth, dispatch, axe)
    assert [to for to, _mail in post_office.received] == [["tariq@example.org"]]

    answers_by_the_link(visitor(phone=True), post_office, axe)
    sees_what_came_back(emre, dispatch)
    sees_how_far_it_is(jana, axe)


# Between the scenes


def works() -> None:
    """The worker's part: every fact is brought to its reactions."""
    deliver_all(at=timezone.now())
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()


def open_duties_of(text: Output) -> int:
    return Duty.objects.filter(subject_id=text.pk, state=Duty.State.OPEN).count()


def duties_by_state(text: Output) -> list[str]:
    return list(Duty.objects.filter(subject_id=text.pk).order_by("pk").values_list("state", flat=True))


# The acts


def records_the_act_of_august(jana: Visitor, axe: Look) -> None:
    jana.opens("law:acts")
    jana.follows("Record an act", within="#main")
    axe(jana.page)
    jana.fills("title", "Gesetz zur Weiterentwicklung der Fachkräfteeinwanderung")
    jana.fills("short title", "Weiterentwicklung der Fachkräfteeinwanderung")
    jana.chooses("stage", "promulgated")
    jana.fills("date of the act", "2023-08-16")
    jana.fills("promulgated on", "2023-08-18")
    jana.fills("gazette", "BGBl. 2023 I Nr. 217")
    jana.presses("Save the act", within="#main")
    jana.follows("Add a provision", within="#main")
    axe(jana.page)
    jana.fills("Law", "AufenthG", context="one law")
    jana.fills("old citation", "§ 60c")
    jana.fills("new citation", "§ 16g")
    jana.chooses("kind", "replaced by another provision")
    jana.fills("in force on", "2024-03-01")
    jana.fills("what changes", "An die Stelle der Ausbildungsduldung tritt die Aufenthaltserlaubnis nach § 16g.")
    jana.presses("Save the change", within="#main")
    jana.sees(REPLACED, plain=True)


def records_the_act_of_february(jana: Visitor, axe: Look) -> None:
    jana.opens("law:new-act")
    jana.fills("title", "Gesetz zur Verbesserung der Rückführung")
    jana.fills("short title", "Rückführungsverbesserungsgesetz")
    jana.chooses("stage", "promulgated")
    jana.fills("date of the act", "2024-02-21")
    jana.fills("promulgated on", "2024-02-26")
    jana.fills("gazette", "BGBl. 2024 I Nr. 54")
    jana.presses("Save the act", within="#main")
    jana.follows("Add a provision", within="#main")
    jana.fills("Law", "AufenthG", context="one law")
    jana.fills("old citation", "§ 60c")
    jana.fills("new citation", "§ 60c")
    jana.chooses("kind", "kept, against an earlier plan")
    jana.fills("in force on", "2024-02-27")
    jana.fills("what changes", "§ 60c bleibt neben § 16g bestehen; nichts wird umgewandelt.")
    earlier = jana.field("takes back or alters").locator("option", has_text="§ 60c")
    jana.field("takes back or alters").select_option(value=earlier.get_attribute("value"))
    jana.presses("Save the change", within="#main")
    jana.follows("Add a provision", within="#main")
    jana.fills("Law", "AufenthG", context="one law")
    jana.fills("old citation", "§ 60d")
    jana.fills("new citation", "§ 60d")
    jana.chooses("kind", "amended")
    jana.fills("in force on", "2024-02-27")
    jana.fills("what changes", "Einreise bis Ende 2022, zwölf Monate Beschäftigung, 20 Stunden in der Woche.")
    jana.presses("Save the change", within="#main")
    axe(jana.page)
    jana.opens("law:act", Act.objects.get(gazette="BGBl. 2023 I Nr. 217").slug)
    jana.sees("taken back", within="#main")
    axe(jana.page)
    jana.opens("law:act", Act.objects.get(gazette="BGBl. 2024 I Nr. 54").slug)


def announces(jana: Visitor) -> None:
    """From the act's page; the worker looks for what cites its provisions."""
    jana.presses("Look for what is concerned")
    jana.sees("The consequences are on their way: whatever cites these provisions is being looked for.")
    works()


# What readers see


def titles_shown(reader: Visitor, text: Output) -> list[str]:
    reader.opens("outputs:output", text.slug)
    return reader.banners


def assert_readers_are_told(reader: Visitor, text: Output, words: list[str], axe: Look) -> None:
    assert titles_shown(reader, text) == [reader.said(title) for title in words]
    axe(reader.page)


def finds_both_provisions(reader: Visitor, axe: Look) -> None:
    """The reading's page shows § 16g as new and nothing of § 60c; § 60c has its text as before."""
    reader.opens("law:law", "aufenthg_2004")
    axe(reader.page)
    for designation in ("§ 16g", "§ 60c"):
        reader.opens("law:law", "aufenthg_2004")
        reader.page.locator("#main").get_by_role("link", name=re.compile(rf"^{designation}\b")).first.click()
        expect(reader.heading).to_contain_text(designation)
        expect(reader.page.locator("#main article.law-text")).not_to_be_empty()
    axe(reader.page)


# The import


def imports_the_reading_of_march(jana: Visitor, content: bytes, folder: Path, axe: Look) -> None:
    file = folder / "aufenthg_2004.xml"
    file.write_bytes(content)
    jana.opens("law:new-import")
    axe(jana.page)
    jana.field("File").set_input_files(file)
    jana.fills("Seen on", NEW.isoformat())
    jana.presses("Check the files")
    works()
    jana.looks_again()
    jana.sees(f"{jana.said('new', context='provision')}: § 16g", within="#main", plain=True)
    jana.does_not_see("§ 60c", within="#main", plain=True)
    axe(jana.page)
    jana.does("confirm")
    works()
    jana.looks_again()
    expect(jana.page.locator("#main button[name=undo]")).to_be_visible()


# The owners


def answers_that_it_is_still_valid(farida: Visitor, text: Output, axe: Look) -> None:
    """From the duty on the desk to the answer, with old and new wording in sight."""
    farida.opens("desk:start")
    axe(farida.page)
    wave = Wave.objects.get(reading__isnull=False)
    farida.page.locator(f"#main a[href$='/{wave.pk}/{text.pk}/']").first.click()
    expect(farida.page.locator("#main .n-synopsis").first).to_contain_text("§ 60a")
    assert farida.page.locator("#main .n-synopsis del, #main .n-synopsis ins").count() > 0
    axe(farida.page)
    farida.fills("Reason", "Der zitierte Absatz 6 betrifft nur andere Fälle; der Text bleibt richtig.")
    farida.does("valid")


def corrects(olaf: Visitor, jana: Visitor, text: Output) -> None:
    """The owner writes, a second person reads; the new edition answers every open review."""
    wave = Wave.objects.get(reading__isnull=False)
    olaf.opens("outputs:settle", wave.pk, text.pk)
    olaf.does("correct")
    body = olaf.field("Text").input_value()
    olaf.fills("Text", body + "\nSeit 27. Februar 2024 genügen zwölf Monate Beschäftigung.\n")
    olaf.presses("Save", within="#editor")
    olaf.does("submit")
    jana.opens("outputs:work", text.slug)
    jana.does("sign-off")
    jana.does("publish")
    assert Output.objects.get(pk=text.pk).edition.number == 2


# The bulletin


def drafts_the_bulletin(emre: Visitor, axe: Look) -> str:
    emre.opens("law:act", Act.objects.get(gazette="BGBl. 2024 I Nr. 54").slug)
    emre.presses("Draft the law bulletin")
    slug = emre.path.rstrip("/").split("/")[-2]
    axe(emre.page)
    body = emre.field("Text").input_value()
    assert "§ 60c AufenthG" in body
    assert "Weiterentwicklung der Fachkräfteeinwanderung" in body
    emre.fills("Title", BULLETIN)
    emre.fills("Text", re.sub(r"\*\[[^\]\n]+\]\*", "Ab 27. Februar 2024.", body))
    expect(emre.page.locator("#save-state")).to_contain_text(emre.said("Saved at"), timeout=15_000)
    emre.presses("Save", within="#editor")
    axe(emre.page)
    emre.does("submit")
    return slug


def cannot_sign_off_oneself(emre: Visitor, slug: str) -> None:
    emre.opens("outputs:work", slug)
    emre.sees("You submitted this text; a second person signs it off.")
    assert emre.page.locator("#main button[value=sign-off]").count() == 0


def signs_off_and_publishes(ruth: Visitor, slug: str, axe: Look) -> None:
    ruth.opens("desk:start")
    ruth.follows(BULLETIN, within="#main", plain=True)
    axe(ruth.page)
    ruth.does("sign-off")
    ruth.does("publish")
    assert Output.objects.get(slug=slug).state == Output.State.PUBLISHED


# The dispatch


def prepares_the_dispatch(emre: Visitor, slug: str, axe: Look) -> Dispatch:
    emre.opens("outputs:work", slug)
    emre.follows("Tell those concerned")
    axe(emre.page)
    emre.fills("subject (German)", "Die Ausbildungsduldung bleibt")
    emre.fills("subject (English)", "Toleration for training stays")
    emre.ticks("IvAF")
    emre.ticks("Niedersachsen")
    emre.ticks("adviser", plain=False)
    emre.presses("Save and see who is concerned")
    listed = emre.texts("#liste tbody tr")
    assert [row.split()[0] for row in listed] == ["Tariq"]
    emre.sees(f"IvAF · Niedersachsen · {emre.said('adviser')}", within="#liste", plain=True)
    emre.does_not_see("Ingrid", within="#main", plain=True)
    axe(emre.page)
    emre.does("submit")
    works()
    return Dispatch.objects.get()


def approves(ruth: Visitor, dispatch: Dispatch, axe: Look) -> None:
    ruth.opens("desk:start")
    ruth.follows("Die Ausbildungsduldung bleibt", within="#main", plain=True)
    axe(ruth.page)
    ruth.ticks("I have read both letters and looked at the list.", plain=False)
    ruth.does("approve")
    works()
    assert send_due_letters(by=system("outbox"), at=timezone.now()).sent == 1


def answers_by_the_link(tariq: Visitor, post_office: MailServer, axe: Look) -> None:
    """On a phone, without signing in."""
    ((_to, mail),) = post_office.received
    letter = mail.get_body(("plain",)).get_content()
    (address,) = re.findall(r"http\S+/versand/antwort/\S+", letter)
    tariq.page.goto(address)
    axe(tariq.page)
    tariq.ticks("used in my work", plain=False)
    tariq.fills("In your words", "In drei Beratungen gebraucht.")
    tariq.presses("Send", within="#main")
    tariq.sees("Thank you", within="h1")


def sees_what_came_back(emre: Visitor, dispatch: Dispatch) -> None:
    emre.opens("outreach:dispatch", dispatch.pk)
    (row,) = emre.texts("#liste tbody tr")
    assert emre.said("used in my work") in row
    emre.sees("In drei Beratungen gebraucht.", plain=True)


def sees_how_far_it_is(jana: Visitor, axe: Look) -> None:
    """The wave of the reading: two texts were concerned, both are answered."""
    jana.opens("outputs:wave", Wave.objects.get(reading__isnull=False).pk)
    jana.sees("%(settled)s of %(total)s settled", settled=2, total=2)
    answers = jana.texts("#main tbody tr")
    assert len(answers) == 2
    axe(jana.page)
