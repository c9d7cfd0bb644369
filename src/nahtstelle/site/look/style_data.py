"""Invented examples for the style page, in German and English. No sentence here is a statement on the law."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.safestring import mark_safe

from .style_forms import StyleForm

Words = dict[str, Any]


class Tongue:
    """Chooses between the two wordings of an example."""

    def __init__(self, language: str) -> None:
        self.german = language.startswith("de")

    def __call__(self, german: Any, english: Any) -> Any:
        return german if self.german else english


def style_context(*, language: str, now: dt.datetime, query: QueryDict) -> Words:
    """Everything the style page shows; dates lie around ``now``."""
    say, today = Tongue(language), now.date()
    return {
        "title": say("Stilseite", "Style page"),
        "breadcrumb": [
            {"label": say("Startseite", "Start page"), "url": "/"},
            {"label": say("Über diese Seite", "About this site"), "url": "#"},
            {"label": say("Stilseite", "Style page")},
        ],
        "head": _head(say, today),
        "statuses": ["current", "under_review", "announced", "outdated", "superseded", "withdrawn", "draft"],
        "tones": ["neutral", "accent", "info", "success", "warning", "danger"],
        "facets": _facets(say, query),
        "hidden": [("q", say("Ausbildungsduldung", "training"))],
        "chips": [
            {"facet": say("Thema", "Topic"), "label": say("Ausbildung", "Training"), "url": "?"},
            {"facet": "Land", "label": "Sachsen", "url": "?"},
        ],
        "results": _results(say, today),
        "page_many": Paginator(range(812), 20).get_page(query.get("page") if str(query.get("page")).isdigit() else 7),
        "tabs": [
            {"label": say("Fassung", "Wording"), "url": "#", "current": True},
            {"label": say("Versionen", "Versions"), "url": "#", "count": 4},
            {"label": say("Zitiert in", "Cited in"), "url": "#", "count": 1284},
            {"label": say("Protokoll", "Log"), "url": "#"},
        ],
        "columns": _columns(say),
        "rows": _rows(say, today),
        "foot": [say("Summe", "Total"), "", 1311, "", "", ""],
        "timeline": _timeline(say),
        "steps": _steps(say, today),
        "synopsis": _synopsis(say),
        "diff": _diff(say),
        "tiles": _tiles(say),
        "terms": [
            {"term": say("Art", "Kind"), "value": say("Arbeitshilfe", "Working aid")},
            {"term": say("Programme", "Programmes"), "several": ["IQ", "IvAF"]},
            {"term": "DOI", "value": None},
            {"term": say("Ersetzt", "Replaces"), "value": say("Fassung von 2024", "Version of 2024"), "url": "#"},
        ],
        "inbox": _inbox(say, now),
        "dues": [today - dt.timedelta(3), today, today + dt.timedelta(5), today + dt.timedelta(40)],
        "actions": _actions(say),
        "empty_action": {"label": say("Erste Frage erfassen", "Record the first question"), "url": "#", "icon": "add"},
        "form": _form(say, None),
        "form_wrong": _form(say, {"title": "", "mail": "anna@", "kind": "", "land": "sn", "day": "31.02.2026", "span_0": "x"}),
        "pages": _pages(say),
    }


def _head(say: Tongue, today: dt.date) -> Words:
    return {
        "kicker": say("Arbeitshilfe", "Working aid"),
        "title": say(
            "Aufenthaltserlaubnis zur Berufsausbildung für Ausreisepflichtige", "Residence permit for vocational training"
        ),
        "lead": say(
            "Was Beratungsstellen, Betriebe und Behörden vor dem Antrag klären sollten, auf zwei Seiten.",
            "What advice centres, companies and authorities should settle before the application, on two pages.",
        ),
        "stand": dt.date(2026, 9, 15),
        "valid_until": dt.date(2027, 3, 31),
        "meta": [say("Fachgruppe Aufenthaltsrecht", "Expert group on residence law"), say("12 Fundstellen", "12 citations")],
        "today": today,
    }


def _facets(say: Tongue, query: QueryDict) -> list[Words]:
    def values(name: str, given: list[tuple[str, str, int]], default: str) -> list[Words]:
        chosen = query.getlist(name) or [default]
        return [{"value": v, "label": label, "count": n, "selected": v in chosen} for v, label, n in given]

    topics = [
        ("ausbildung", say("Ausbildung und Ausbildungsduldung", "Vocational training"), 214),
        ("anerkennung", say("Anerkennung ausländischer Berufsqualifikationen", "Recognition of qualifications"), 187),
        ("sprache", say("Sprachförderung", "Language support"), 96),
    ]
    laender = ["Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen", "Niedersachsen", "Sachsen", "Thüringen"]
    return [
        {"name": "thema", "label": say("Thema", "Topic"), "values": values("thema", topics, "ausbildung")},
        {
            "name": "land",
            "label": "Land",
            "hint": say("Leer heißt bundesweit.", "Empty means nationwide."),
            "values": values("land", [(name.lower(), name, 40 - 3 * i) for i, name in enumerate(laender)], "bremen"),
        },
    ]


def _results(say: Tongue, today: dt.date) -> list[Words]:
    marked = say(
        "Vor dem Wechsel von der <mark>Ausbildungsduldung</mark> zur Aufenthaltserlaubnis prüfen Beratungsstellen …",
        "Before the change from <mark>training</mark> toleration to a residence permit, advice centres check …",
    )
    return [
        {
            "kicker": say("Arbeitshilfe", "Working aid"),
            "title": say("Von der Duldung in die Ausbildung: Ablauf und Fristen", "From toleration to training: steps and time limits"),
            "text": mark_safe(marked),  # noqa: S308 - a constant above
            "stand": dt.date(2026, 9, 15),
            "meta": ["IQ, IvAF", say("für Beratung und Betriebe", "for advisers and companies")],
            "status": "under_review",
        },
        {
            "kicker": say("Antwort", "Answer"),
            "title": say("Darf ein Betrieb die Ausbildung schon vor der Entscheidung beginnen lassen?", "May training begin early?"),
            "text": say("Zwei Fälle sind zu unterscheiden; maßgeblich ist der Tag des Antrags.", "Two cases must be distinguished."),
            "stand": dt.date(2026, 6, 2),
            "meta": [say("31-mal hilfreich", "31 times helpful")],
            "status": "current",
        },
        {
            "kicker": say("Gute Praxis", "Good practice"),
            "title": say("Lotsendienst im ländlichen Raum", "Guides in rural areas"),
            "text": say("Zwölf Freiwillige, drei Landkreise, ein gemeinsamer Kalender.", "Twelve volunteers, three districts, one calendar."),
            "stand": dt.date(2025, 11, 20),
            "meta": ["Sachsen"],
            "status": "",
        },
    ]


def _columns(say: Tongue) -> list[Words]:
    return [
        {"label": say("Vorhaben", "Project"), "kind": "head", "sort_url": "?sort=name", "sorted": "asc"},
        {"label": "Land"},
        {"label": say("Teilnehmende", "Participants"), "kind": "number", "sort_url": "?sort=n"},
        {"label": say("Meldung vom", "Reported on"), "kind": "date"},
        {"label": say("Zustand", "State"), "kind": "status"},
        {"label": say("Handlungen", "Actions"), "kind": "actions"},
    ]


def _rows(say: Tongue, today: dt.date) -> list[list[Any]]:
    see = [{"label": say("Ansehen", "View"), "url": "#"}]
    return [
        [
            {"text": say("Ankommen im Handwerk", "Arriving in the crafts"), "url": "#", "note": say("Handwerkskammer", "Chamber of crafts")},
            "Sachsen", 1248, dt.date(2026, 9, 30), {"status": "current"}, {"actions": see},
        ],
        [
            {"text": say("Berufsqualifizierungsbegleitung Nord", "Qualification support North"), "url": "#"},
            "Bremen", 63, dt.date(2026, 7, 14), {"due": today - dt.timedelta(6)}, {"actions": see},
        ],
        [
            {"text": say("Fachkräfte für die Pflege", "Skilled workers for care"), "url": "#"},
            "Hessen", None, None, {"badge": {"label": say("unterdrückt", "suppressed"), "tone": "neutral"}}, {"actions": see},
        ],
    ]  # fmt: skip


def _timeline(say: Tongue) -> list[Words]:
    return [
        {"date": dt.date(2023, 8, 16), "title": say("Gesetz verkündet", "Act promulgated"), "state": "past", "url": "#"},
        {
            "date": dt.date(2024, 3, 1),
            "title": say("§ 60c wird durch § 16g ersetzt", "Section 60c is replaced by section 16g"),
            "text": say("Ein späteres Gesetz hat diesen Schritt aufgehoben.", "A later act cancelled this step."),
            "state": "reversed",
        },
        {
            "date": dt.date(2024, 3, 1),
            "title": say("§ 16g gilt neben § 60c", "Section 16g applies beside section 60c"),
            "state": "current",
            "note": say("Beispiel der Stilseite", "Example of the style page"),
        },
        {"date": dt.date(2027, 1, 1), "title": say("Übergangsregel endet", "Transitional rule ends"), "state": "future"},
        {"date": None, "title": say("Verordnung angekündigt", "Ordinance announced"), "state": "future"},
    ]


def _steps(say: Tongue, today: dt.date) -> list[Words]:
    return [
        {"label": say("Entwurf", "Draft"), "state": "done", "date": today - dt.timedelta(60)},
        {"label": say("Fachprüfung", "Expert review"), "state": "done", "date": today - dt.timedelta(21)},
        {"label": say("Konsultation", "Consultation"), "state": "skipped"},
        {"label": say("Freigabe Zuwendungsgeber", "Funder release"), "state": "current", "note": say("seit 9 Tagen", "for 9 days")},
        {"label": say("Veröffentlichung", "Publication"), "state": "open"},
    ]


def _synopsis(say: Tongue) -> list[Words]:
    return [
        {
            "label": say("Absatz 1 Satz 1", "Paragraph 1 sentence 1"),
            "old": [("same", "Die Erlaubnis wird für die Dauer der Ausbildung "), ("del", "längstens für zwei Jahre "), ("same", "erteilt.")],
            "new": [("same", "Die Erlaubnis wird für die Dauer der Ausbildung "), ("ins", "und sechs Monate danach "), ("same", "erteilt.")],
        },
        {"label": say("Absatz 1 Satz 2", "Paragraph 1 sentence 2"), "old": "", "new": "Sie berechtigt zu einer Nebenbeschäftigung von zwanzig Stunden je Woche."},
        {"label": say("Absatz 2", "Paragraph 2"), "old": "Die Zustimmung der Bundesagentur ist nicht erforderlich.", "new": "Die Zustimmung der Bundesagentur ist nicht erforderlich."},
        {"label": say("Absatz 3", "Paragraph 3"), "old": "Das Nähere regelt eine Verordnung.", "new": ""},
    ]


def _diff(say: Tongue) -> list[Words]:
    return [
        {"kind": "gap", "text": say("11 unveränderte Zeilen", "11 unchanged lines")},
        {"kind": "same", "old": 12, "new": 12, "text": say("## Vor dem Antrag", "## Before the application")},
        {"kind": "del", "old": 13, "new": None, "text": say("Der Antrag ist sieben Monate vorher zu stellen.", "Apply seven months ahead.")},
        {"kind": "ins", "old": None, "new": 13, "text": say("Der Antrag ist frühestens sieben Monate vorher zu stellen.", "Apply at the earliest seven months ahead.")},
        {"kind": "same", "old": 14, "new": 14, "text": say("Die Behörde bestätigt den Eingang.", "The authority confirms receipt.")},
    ]


def _tiles(say: Tongue) -> list[Words]:
    return [
        {
            "label": say("Beratene Fachkräfte", "Skilled workers advised"), "value": 12480, "unit": "", "shape": "bars",
            "series": [2100, 2480, 2300, 2900, 3180, 3400], "series_label": say("Steigt von 2.100 auf 3.400 je Quartal", "Rises from 2,100 to 3,400 a quarter"),
            "note": say("Jahr 2026, IQ", "Year 2026, IQ"),
        },
        {
            "label": say("Antworten mit gültigem Stand", "Answers with a valid Stand"), "value": say("96,4", "96.4"), "unit": "%", "shape": "line",
            "series": [91, 92.5, None, 94, 95.1, 96.4], "series_label": say("Steigt von 91 auf 96,4 Prozent, ein Wert fehlt", "Rises from 91 to 96.4 per cent, one value missing"),
            "note": say("Ziel: 95 %", "Target: 95%"),
        },
        {
            "label": say("Offene Prüfaufträge", "Open reviews"), "value": 17, "unit": "", "shape": "bars", "series": [41, 33, 0, 12, 9, 17],
            "series_label": say("Zuletzt 17 nach 9 im Vormonat", "17 at last after 9 the month before"), "note": say("davon 3 überfällig", "3 of them overdue"),
        },
        {"label": say("Übernommene gute Praxis", "Good practice adopted"), "value": 58, "unit": "", "shape": "bars", "series": [], "series_label": "", "note": say("in 11 Ländern", "in 11 Länder")},
    ]  # fmt: skip


def _inbox(say: Tongue, now: dt.datetime) -> list[Words]:
    return [
        {
            "title": say("§ 16g AufenthG hat sich geändert: 3 Ihrer Texte prüfen", "Section 16g AufenthG changed: review 3 of your texts"),
            "kind": say("Prüfauftrag", "Review"), "when": now - dt.timedelta(minutes=42), "unread": True, "due_on": now.date() + dt.timedelta(5),
            "text": say("Arbeitshilfe „Von der Duldung in die Ausbildung“ und zwei Antworten.", "The working aid and two answers rest on it."),
            "actions": [{"label": say("Prüfung beginnen", "Begin review"), "url": "#", "kind": "primary"}, {"label": say("Abgeben", "Hand over"), "url": "#", "post": True, "kind": "tertiary"}],
        },
        {
            "title": say("Neue Stellungnahme in „Sprachförderung im Betrieb“", "New statement in “Language at work”"), "kind": "Dialog",
            "when": now - dt.timedelta(days=3), "unread": False, "due_on": None, "text": "", "actions": [],
        },
    ]  # fmt: skip


def _actions(say: Tongue) -> list[Words]:
    return [
        {"label": say("Bearbeiten", "Edit"), "url": "#", "kind": "primary", "icon": "edit"},
        {"label": say("Herunterladen", "Download"), "url": "#", "icon": "download"},
        {"label": say("Zurückziehen", "Withdraw"), "url": "#", "kind": "danger", "post": True},
        {"label": say("Alle Versionen", "All versions"), "url": "#", "kind": "tertiary"},
        {
            "label": say("Veröffentlichen", "Publish"), "url": "#", "kind": "primary",
            "disabled_reason": say("Eine zweite Person muss den Text erst freigeben.", "A second person must release the text first."),
        },
    ]  # fmt: skip


def _form(say: Tongue, data: dict[str, str] | None) -> StyleForm:
    words = {
        "title": (say("Titel", "Title"), say("So steht er in Listen und Mails.", "As it stands in lists and letters.")),
        "summary": (say("Zusammenfassung", "Summary"), ""),
        "land": ("Land", ""),
        "topics": (say("Themen", "Topics"), say("Mehrere sind möglich.", "Several are possible.")),
        "day": (say("Stand", "As-of date"), ""),
        "mail": (say("E-Mail für Rückfragen", "E-mail for questions"), ""),
        "paper": (say("Anlage", "Attachment"), say("PDF oder DOCX, höchstens 20 MB.", "PDF or DOCX, at most 20 MB.")),
        "kind": (say("Art des Textes", "Kind of text"), ""),
        "audiences": (say("Für wen?", "For whom?"), ""),
        "span": (say("Sitzung am", "Meeting on"), say("Tag und Uhrzeit", "Day and time")),
        "agreed": (say("Ich bestätige, dass keine Daten von Ratsuchenden enthalten sind.", "I confirm that no client data is contained."), ""),
    }
    laender = [("", say("Bitte wählen", "Please choose")), ("sn", "Sachsen"), ("be", "Berlin")]
    choices = {
        "land": laender,
        "topics": [("a", say("Ausbildung", "Training")), ("b", say("Anerkennung", "Recognition")), ("c", say("Sprache", "Language"))],
        "kind": [("aid", say("Arbeitshilfe", "Working aid")), ("study", say("Studie", "Study"))],
        "audiences": [("advice", say("Beratungsstellen", "Advice centres")), ("firms", say("Betriebe", "Companies"))],
    }
    prefix = "wrong" if data is not None else "right"
    prefixed = None if data is None else {f"{prefix}-{name}": value for name, value in data.items()}
    return StyleForm(prefixed, prefix=prefix).name_in(words, choices)


def _pages(say: Tongue) -> dict[str, Words]:
    return {
        "confirm": {
            "title": say("Arbeitshilfe zurückziehen?", "Withdraw the working aid?"),
            "text": say("„Von der Duldung in die Ausbildung“, Fassung 4", "“From toleration to training”, version 4"),
            "consequences": [
                say("Leser*innen sehen den Hinweis „Zurückgezogen“.", "Readers see the notice “Withdrawn”."),
                say("418 Abonnent*innen erfahren es im nächsten Rundbrief.", "418 subscribers learn of it in the next letter."),
            ],
            "confirm_label": say("Zurückziehen", "Withdraw"),
            "dangerous": True,
            "cancel_url": "?",
            "form": None,
        },
        "message": {
            "title": say("Vielen Dank für Ihre Einreichung", "Thank you for your submission"),
            "text": say("Wir melden uns bis zum 30. September. Den Stand sehen Sie jederzeit unter dem Link in der Mail.", "We will answer by 30 September."),
            "action": {"label": say("Zur Übersicht", "To the overview"), "url": "?", "kind": "primary"},
            "icon": "success",
        },
        "editor": {},
        "compact": {},
    }
