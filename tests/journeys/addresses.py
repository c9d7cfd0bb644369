"""Every address of the house: with what it is called here, and to whom it is open.

``PAGES`` is written by hand and compared with the URL patterns, so an address nobody thought about is found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nahtstelle.rooms.outputs import styling
from nahtstelle.site.demo.content_files import tour_files
from tests.journeys.furnishing import CONCEPTS, PIXEL, Furnished, word_file

# An anonymous reader, an adviser of a project, and four of the centre: editor, legal officer, head, administrator.
NOBODY, TARIQ, EMRE, JANA, RUTH, SAM = "", "tariq-haddad", "emre-aydin", "jana-wolters", "ruth-sommerfeld", "sam-okafor"
VISITORS = (NOBODY, TARIQ, EMRE, JANA, RUTH, SAM)
ALL = frozenset(VISITORS)
KNOWN = ALL - {NOBODY}
STAFF = KNOWN - {TARIQ}
LEGAL = frozenset({JANA, RUTH})
IMPORTERS = frozenset({JANA, RUTH, SAM})
WRITERS = frozenset({EMRE, RUTH})  # of a text that others own
PREPARERS = frozenset({EMRE, JANA, RUTH})
KEEPERS = frozenset({RUTH, SAM})
VOCABULARY = frozenset({EMRE, SAM})
REDIRECTORS = frozenset({EMRE, RUTH, SAM})
OWNER = LEGAL  # of what is Jana's: she and the head of the centre
ONLY_JANA = frozenset({JANA})
POST_ONLY: frozenset[str] = frozenset()

SCREENERS = frozenset({TARIQ, EMRE})  # of the demo's review, which Emre leads
LEADERS = frozenset({EMRE, RUTH})  # she as head of the centre
LIBRARIANS = frozenset({EMRE, RUTH})

Things = Callable[[Furnished], Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One address. ``open_to`` may get it; ``posted_by`` may post ``entries`` to it, filled into the page's own form."""

    name: str
    args: Things = lambda f: []
    open_to: frozenset[str] = ALL
    query: str = ""
    entries: Things | None = None
    posted_by: frozenset[str] = field(default=POST_ONLY)

    def address(self, things: Furnished) -> str:
        return reverse(self.name, args=self.args(things)) + self.query

    @property
    def is_post_only(self) -> bool:
        return not self.open_to

    @property
    def who_posts(self) -> frozenset[str]:
        return self.posted_by or self.open_to


def _page(name: str, args: Things = lambda f: [], open_to: frozenset[str] = ALL, query: str = "") -> Page:
    return Page(name, args, open_to, query)


def _form(name: str, open_to: frozenset[str], entries: Things, args: Things = lambda f: []) -> Page:
    return Page(name, args, open_to, "", entries)


def _post(name: str, posted_by: frozenset[str], entries: Things, args: Things = lambda f: []) -> Page:
    return Page(name, args, POST_ONLY, "", entries, posted_by)


def _law(f: Furnished) -> list[Any]:
    return [f.law.slug]


def _act(f: Furnished) -> list[Any]:
    return [f.act.slug]


def _plan(f: Furnished) -> list[Any]:
    return [f.act.slug, f.plan.pk]


def _draft(f: Furnished) -> list[Any]:
    return [f.draft.slug]


def _left(f: Furnished) -> list[Any]:
    return [f.draft.slug, f.left.pk]


def _published(f: Furnished) -> list[Any]:
    return [f.published.slug]


def _work(f: Furnished) -> list[Any]:
    return [f.shelf.work.pk]


def _dossier(f: Furnished) -> list[Any]:
    return ["dossier-sprache-und-arbeit"]


def _duty(f: Furnished) -> list[Any]:
    return [f.duty.pk]


def _person(f: Furnished) -> list[Any]:
    return [f.person.slug]


def _concept(f: Furnished) -> list[Any]:
    return ["th-sprache"]


def _card(f: Furnished) -> list[Any]:
    return [f.card.work.citekey]


def _study(f: Furnished) -> list[Any]:
    return ["vogt2021berufssprache"]


def _text(f: Furnished) -> dict[str, Any]:
    return {"started_from": f.draft.revision, "title": "Neuer Titel", "summary": "Neu.", "body": "Neuer Text."}


def _word() -> SimpleUploadedFile:
    return _file("text.docx", word_file())


def another_style() -> bytes:
    """A style of citation that does not come with the software."""
    return styling.csl_of("ieee").replace(b"/styles/ieee<", b"/styles/probe<")


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _review(f: Furnished) -> list[Any]:
    return [f.review.slug]


def _item(f: Furnished) -> list[Any]:
    return [f.review.slug, 0]


PAGES = [
    _page("home"),
    _page("about"),
    _page("imprint"),
    _page("privacy"),
    _page("accessibility"),
    _form("barriers:report", ALL, lambda f: {"words": "Der Knopf fehlt."}),
    _page("barriers:thanks"),
    _page("barriers:reports", open_to=REDIRECTORS),
    _form("barriers:one", REDIRECTORS, lambda f: {"words": "Knopf ergänzt."}, lambda f: [f.barrier]),
    # Topics, and what editors keep of the site
    _page("topics:topics"),
    _page("topics:topic", lambda f: ["thema", "th-anerkennung"]),
    _page("topics:feed", lambda f: ["thema", "th-anerkennung"]),
    _page("pages:pages", open_to=WRITERS),
    _page("pages:place", lambda f: ["about"], WRITERS),
    _post("pages:write", WRITERS, lambda f: {}, lambda f: ["privacy"]),
    _post("pages:put", WRITERS, lambda f: {"output": f.placed}, lambda f: ["imprint"]),
    _post("pages:take-out", WRITERS, lambda f: {}, lambda f: ["about"]),
    _page("redirects:redirects", open_to=REDIRECTORS),
    _form("redirects:add", REDIRECTORS, lambda f: {"old": "/alt/seite", "new": "/themen/"}),
    _form("redirects:import", REDIRECTORS, lambda f: {"file": _file("alt.csv", b"old;new\n/alt/drei;/themen/\n")}),
    _page("redirects:export", open_to=REDIRECTORS),
    _form("redirects:change", REDIRECTORS, lambda f: {"note": "Anders"}, lambda f: [f.redirect]),
    _post("redirects:drop", REDIRECTORS, lambda f: {}, lambda f: [f.redirect]),
    _page("desk:start", open_to=KNOWN),
    _page("desk:sign-in"),
    _form("desk:ask-password", ALL, lambda f: {"email": "e.aydin@example.org"}),
    _page("desk:set-password", lambda f: ["MQ", "set-password"]),
    _post("desk:sign-out", ALL, lambda f: {}),
    _post("set_language", ALL, lambda f: {"language": "en"}),
    # The front door
    _page("door:ask-link"),
    _page("door:open-link", lambda f: [f.sign_in]),
    _page("door:second", open_to=KNOWN),
    _page("door:passkey", open_to=POST_ONLY),
    _page("door:passkey-options", open_to=POST_ONLY),
    _page("door:institution", lambda f: ["uni"], POST_ONLY),
    _page("door:institution-back", lambda f: ["uni"], POST_ONLY),
    _page("door:access", open_to=KNOWN),
    _page("door:add-app", open_to=KNOWN),
    _page("door:add-passkey", open_to=KNOWN),
    _post("door:new-passkey-options", KNOWN, lambda f: {}),
    _page("door:remove", lambda f: [1], POST_ONLY),
    _post("door:recovery-codes", KNOWN, lambda f: {}),
    _form("door:reset", KEEPERS, lambda f: {"why": "Telefon verloren"}, _person),
    # Invitations
    _page("invitations:invitations", open_to=KEEPERS),
    _form(
        "invitations:new",
        KEEPERS,
        lambda f: {"mail": "neu@example.org", "to": "project:adviser", "project": _project()},
    ),
    _post("invitations:send-again", KEEPERS, lambda f: {}, lambda f: [f.invitation.pk]),
    _post("invitations:withdraw", KEEPERS, lambda f: {}, lambda f: [f.invitation.pk]),
    _form("invitations:accept", ALL, lambda f: {"name": "Nora Neu"}, lambda f: [f.accept]),
    # Incoming mail
    _page("mailroom:mails", open_to=STAFF),
    _page("mailroom:mail", lambda f: [f.mail.pk], STAFF),
    _page("mailroom:file", lambda f: [f.mail.pk, f.mail.files.get().pk], STAFF),
    _post("mailroom:assign", STAFF, lambda f: {"to": f.role.person_id}, lambda f: [f.mail.pk]),
    _post("mailroom:close", STAFF, lambda f: {"why": "Beantwortet."}, lambda f: [f.mail.pk]),
    _post("mailroom:open-again", STAFF, lambda f: {}, lambda f: [f.closed_mail.pk]),
    # The machine room
    _page("machinery:health", open_to=KEEPERS),
    _page("machinery:delivery", lambda f: [f.stuck.pk], KEEPERS),
    _post("machinery:retry-delivery", KEEPERS, lambda f: {}, lambda f: [f.stuck.pk]),
    _post("machinery:retry-letter", KEEPERS, lambda f: {}, lambda f: [f.lost.pk]),
    _post("machinery:clear-address", KEEPERS, lambda f: {"address": f.barred}),
    _page("machinery:trail", open_to=KEEPERS),
    _page("machinery:trail-of", lambda f: ["outputs.output", f.draft.pk], STAFF),
    # Duties and notices of Jana
    _page("duties:duties", open_to=KNOWN),
    _page("duties:duty", _duty, OWNER),
    _form("duties:settle", OWNER, lambda f: {"how": "Geprüft."}, _duty),
    _form("duties:delegate", OWNER, lambda f: {"to": f.role.person_id}, _duty),
    _form("duties:drop", OWNER, lambda f: {"why": "Erledigt sich."}, _duty),
    _page("notices:inbox", open_to=KNOWN),
    _page("notices:open", lambda f: [f.notice.pk], ONLY_JANA),
    _post("notices:read", ONLY_JANA, lambda f: {}, lambda f: [f.notice.pk]),
    _post("notices:read-all", KNOWN, lambda f: {}),
    _form("notices:preferences", KNOWN, lambda f: {"rhythm": "never"}),
    _form("notices:unsubscribe", ALL, lambda f: {}, lambda f: [f.unsubscribe]),
    # Law
    _page("law:laws"),
    _page("law:watched", open_to=KNOWN),
    _page("law:announcements"),
    _page("law:recent"),
    _page("law:law", _law),
    _post("law:watch", KNOWN, lambda f: {"watching": "1"}, _law),
    _form("law:names", LEGAL, lambda f: {"name": "Probegesetz"}, _law),
    _page("law:reading", lambda f: [f.law.slug, f.reading.pk]),
    _page("law:provision", lambda f: [f.law.slug, f.provision.pk]),
    _page("law:synopsis", lambda f: [f.law.slug, f.provision.pk]),
    _page("law:imports", open_to=IMPORTERS),
    _form("law:new-import", IMPORTERS, lambda f: {"package": _file(*tour_files()[0]), "seen_on": "2026-11-20"}),
    _page("law:import", lambda f: [f.batch.pk], IMPORTERS),
    _post("law:import-act", IMPORTERS, lambda f: {"confirm": "1"}, lambda f: [f.batch.pk]),
    _page("law:acts"),
    _form("law:new-act", LEGAL, lambda f: {"title": "Ein Gesetz", "stage": "draft"}),
    _page("law:act", _act),
    _form("law:edit-act", LEGAL, lambda f: {"title": "Ein anderer Titel"}, _act),
    _form("law:plan", LEGAL, lambda f: {"law": "BspBPG", "old_citation": "§ 6", "kind": "amended"}, _act),
    _form("law:edit-plan", LEGAL, lambda f: {"summary": "Anders."}, _plan),
    _form("law:drop-plan", LEGAL, lambda f: {"why": "Vom Bundestag gestrichen."}, _plan),
    _post("law:announce", LEGAL, lambda f: {"revision": f.act.revision}, _act),
    # Outputs: readers, workshop, waves
    _page("outputs:outputs"),
    _page("outputs:output", _published),
    _page("outputs:pdf", _published),
    _page("outputs:docx", _published),
    _page("outputs:edition", lambda f: [f.published.slug, 1]),
    _page("outputs:attachment", lambda f: [f.draft.slug, f.attachment.name], STAFF, "?arbeitsstand"),
    _page("outputs:workshop", open_to=KNOWN),
    _form("outputs:new", STAFF, lambda f: {"title": "Ein Text", "kind": f.draft.kind_id, "language": "de"}),
    _form("outputs:bring-in", STAFF, lambda f: {"file": _word(), "kind": f.draft.kind_id, "language": "de"}),
    _form("outputs:brought-in", ONLY_JANA, lambda f: {"title": "Aus Word", "body": "Text."}, lambda f: [f.brought.pk]),
    _page("outputs:brought-in-picture", lambda f: [f.brought.pk, f.brought_picture], ONLY_JANA),
    _form("outputs:bring-into", WRITERS, lambda f: {"file": _word()}, _draft),
    _page("outputs:work", _draft, STAFF),
    _form("outputs:edit", WRITERS, _text, _draft),
    _post("outputs:autosave", WRITERS, _text, _draft),
    _post("outputs:preview", STAFF, _text, _draft),
    _form("outputs:particulars", WRITERS, lambda f: {"audience": "public"}, _draft),
    _form("outputs:citations", WRITERS, lambda f: {"words": "§ 5 BspBPG", "role": "basis"}, _draft),
    _form(
        "outputs:attachments",
        WRITERS,
        lambda f: {"file": _file("zwei.png", PIXEL), "title": "Zwei", "alternative": "Noch ein Punkt"},
        _draft,
    ),
    _form("outputs:left-text", frozenset({EMRE}), lambda f: {"drop": "1"}, _left),
    _form("outputs:reader-check", WRITERS, lambda f: {"who": "Probe", "on": "2026-11-20"}, lambda f: [f.easy.slug]),
    _post("outputs:step", frozenset({JANA}), lambda f: {"step": "withdraw", "words": "Probe"}, _published),
    _page("outputs:compare", _draft, STAFF),
    _form("outputs:new-variant", STAFF, lambda f: {"language": "en"}, _draft),
    _page("outputs:waves", open_to=STAFF),
    _page("outputs:wave", lambda f: [f.impact.wave_id], STAFF),
    _post("outputs:wave-bulletin", STAFF, lambda f: {}, lambda f: [f.impact.wave_id]),
    _form(
        "outputs:settle",
        LEGAL,
        lambda f: {"answer": "valid", "words": "Stimmt noch."},
        lambda f: [f.impact.wave_id, f.impact.output_id],
    ),
    _post("outputs:act-bulletin", STAFF, lambda f: {}, _act),
    # The library: works and imports
    _page("library:works", open_to=STAFF),
    _page("library:works-export", lambda f: ["ris"], STAFF),
    _page("library:work", _work, STAFF),
    _page("library:work-export", lambda f: [f.shelf.work.pk, "bibtex"], STAFF),
    _form("library:work-edit", WRITERS, lambda f: {"title": "Anders"}, _work),
    _post("library:work-give-back", WRITERS, lambda f: {"field": "year"}, _work),
    _post(
        "library:work-record", WRITERS, lambda f: {"version": "preprint"}, lambda f: [f.shelf.work.pk, f.shelf.record]
    ),
    _form("library:notice-new", WRITERS, lambda f: {"kind": "concern", "words": "Probe"}, _work),
    _form("library:notice-lift", WRITERS, lambda f: {"why": "Irrtum"}, lambda f: [f.shelf.work.pk, f.shelf.notice.pk]),
    _form("library:text-new", WRITERS, lambda f: {"file": _file("x.pdf", b"%PDF-1.7"), "rights": "licensed"}, _work),
    _page("library:text", lambda f: [f.shelf.work.pk, f.shelf.text.pk], STAFF),
    _form("library:text-remove", WRITERS, lambda f: {}, lambda f: [f.shelf.work.pk, f.shelf.text.pk]),
    _page("library:imports", open_to=STAFF),
    _form(
        "library:import-new",
        WRITERS,
        lambda f: {"file": _file("x.ris", b"TY  - JOUR\nTI  - X\nER  -\n"), "source": "P"},
    ),
    _page("library:import", lambda f: [f.shelf.table.pk], STAFF),
    _form("library:import-columns", WRITERS, lambda f: {}, lambda f: [f.shelf.table.pk]),
    _page("library:import-unread", lambda f: [f.shelf.done.pk], STAFF),
    Page(
        "library:import-record",
        lambda f: [f.shelf.table.pk, 1],
        STAFF,
        entries=lambda f: {"out": "1"},
        posted_by=WRITERS,
    ),
    _form("library:import-confirm", WRITERS, lambda f: {}, lambda f: [f.shelf.table.pk]),
    _form("library:import-undo", WRITERS, lambda f: {}, lambda f: [f.shelf.done.pk]),
    _post("library:import-act", WRITERS, lambda f: {"abandon": "1"}, lambda f: [f.shelf.table.pk]),
    _page("library:import-export", lambda f: [f.shelf.done.pk, "csv"], STAFF),
    _post("library:import-complete", WRITERS, lambda f: {"complete": "1"}, lambda f: [f.shelf.dois.pk]),
    # The library: saved searches in sources
    _page("library:searches", open_to=STAFF),
    _form(
        "library:search-new", WRITERS, lambda f: {"name": "Probe", "address": "https://repositorium.example.org/oai"}
    ),
    Page("library:searches-news", open_to=STAFF, entries=lambda f: {"upto": "1"}),
    _page("library:search", lambda f: [f.shelf.search.pk], STAFF),
    _form("library:search-edit", WRITERS, lambda f: {"name": "Anders"}, lambda f: [f.shelf.search.pk]),
    Page(
        "library:search-sets",
        lambda f: [f.shelf.search.pk],
        STAFF,
        entries=lambda f: {"set": "diss"},
        posted_by=WRITERS,
    ),
    _post("library:search-act", WRITERS, lambda f: {"do": "pause"}, lambda f: [f.shelf.search.pk]),
    # The library: cards and questions of staff, studies and the map for everybody
    _page("library:cards", open_to=STAFF),
    _form("library:card-new", WRITERS, lambda f: {}, lambda f: ["zimmer2022queer"]),
    _page("library:card", _card, STAFF),
    _form("library:card-edit", WRITERS, lambda f: {"limits": "Neu."}, _card),
    _post(
        "library:card-autosave",
        WRITERS,
        lambda f: {"started_from": "1", "template": "qualitative", "strength": "0"},
        _card,
    ),
    _post("library:card-step", frozenset({EMRE, RUTH}), lambda f: {"step": "withdraw", "words": "Probe"}, _card),
    _post(
        "library:card-left", frozenset({EMRE}), lambda f: {"drop": "1"}, lambda f: [f.card.work.citekey, f.card_left.pk]
    ),
    _page("library:card-compare", lambda f: ["vogt2021berufssprache"], STAFF),
    _page("library:questions", open_to=STAFF),
    Page(
        "library:question-new",
        open_to=WRITERS,
        query="?f=th-wohnen&f=gr-frauen",
        entries=lambda f: {"kind": "research", "words": "Was hilft?", "owner": f.role.person_id, "due": "2030-03-01"},
    ),
    Page(
        "library:question",
        lambda f: [f.question.pk],
        STAFF,
        entries=lambda f: {"close": "1", "state": "answered", "answer": "Beantwortet."},
        posted_by=WRITERS,
    ),
    _page("studies:studies"),
    _page("studies:map"),
    _page("studies:map-embedded"),
    _page("studies:map-svg"),
    _page("studies:map-png"),
    _page("studies:map-csv"),
    _page("studies:study", _study),
    _page("studies:editions", _study),
    _page("studies:edition", lambda f: ["vogt2021berufssprache", 1]),
    _page("studies:citation", lambda f: ["vogt2021berufssprache", "ris"]),
    _page("studies:full-text", lambda f: ["vogt2021berufssprache", f.full_text.pk]),
    # Dossiers and what they rest on
    _page("outputs:sources", _dossier, STAFF),
    _page("outputs:find-sources", _dossier, STAFF, "?q=Sprache"),
    _form("outputs:styles", PREPARERS, lambda f: {"file": _file("stil.csl", another_style())}),
    _page("outputs:bibliography", lambda f: [*_dossier(f), "ris"]),
    _page("outputs:short-pdf", _dossier),
    _page("outputs:short-docx", _dossier),
    _page("outputs:brief", open_to=STAFF, query="?f=th-sprache"),
    _page("outputs:brief-pdf", open_to=STAFF, query="?f=th-sprache"),
    _page("outputs:brief-docx", open_to=STAFF, query="?f=th-sprache"),
    _post("outputs:brief-begin", STAFF, lambda f: {}),
    # Dispatches
    _page("outreach:dispatches", open_to=PREPARERS),
    _form("outreach:new", PREPARERS, lambda f: {"subject_de": "Neues", "subject_en": "News"}, _published),
    _page("outreach:dispatch", lambda f: [f.submitted.pk], PREPARERS),
    _form("outreach:edit", PREPARERS, lambda f: {"intro_de": "Guten Tag"}, lambda f: [f.dispatch.pk]),
    _page("outreach:letter", lambda f: [f.submitted.pk, "de"], PREPARERS),
    _post("outreach:act", PREPARERS, lambda f: {"step": "submit"}, lambda f: [f.dispatch.pk]),
    _page("outreach:mailed", lambda f: [f.mailed.recipient.dispatch_id], PREPARERS),
    _post("outreach:decide-mailed", PREPARERS, lambda f: {"answer": "used"}, lambda f: [f.mailed.pk]),
    _form("outreach:answer", ALL, lambda f: {"answer": "used"}, lambda f: [f.answer]),
    # Programmes
    _page("programmes:programmes"),
    _page("programmes:projects"),
    _form("programmes:add-project", KEEPERS, lambda f: {"name_de": "Probe", "level": _level(), "carrier": _carrier()}),
    _page("programmes:project", lambda f: ["iq-ni-land"]),
    _form("programmes:change-project", KEEPERS, lambda f: {"name_de": "Anders"}, lambda f: ["iq-ni-land"]),
    _form("programmes:add-network", KEEPERS, lambda f: {"name_de": "Probe", "level": _level()}),
    _page("programmes:network", lambda f: ["iq-rin-ni"]),
    _form("programmes:change-network", KEEPERS, lambda f: {"name_de": "Anders"}, lambda f: ["iq-rin-ni"]),
    _form(
        "programmes:engage-colleague",
        KEEPERS,
        lambda f: {"name": "Probe", "mail": "probe@example.org", "role": "adviser"},
        lambda f: ["iq-rin-ni"],
    ),
    _form("programmes:change-period", KEEPERS, lambda f: {"note_de": "Probe"}, lambda f: ["ivaf-fortfuehrung-demo"]),
    _form("programmes:end-engagement", KEEPERS, lambda f: {"last_day": "2027-12-31"}, lambda f: [f.engagement.pk]),
    _form("programmes:engage", KEEPERS, lambda f: {"role": "pr", "programme": _programme()}, _person),
    _page("programmes:programme", lambda f: ["iq"]),
    _page("programmes:engaged", lambda f: ["iq"], STAFF),
    _page("programmes:recuts", open_to=KEEPERS),
    _form("programmes:plan-recut", KEEPERS, lambda f: {"on": "2027-06-01"} | _levels()),
    _page("programmes:recut", lambda f: [f.recut.pk], KEEPERS),
    _post("programmes:act-on-recut", KEEPERS, lambda f: {"refresh": "1"}, lambda f: [f.recut.pk]),
    _form(
        "programmes:recut-network",
        KEEPERS,
        lambda f: {"successors": [f.recut_network]},
        lambda f: [f.recut.pk, "iq-rin-ni"],
    ),
    _form(
        "programmes:recut-move",
        KEEPERS,
        lambda f: {"target": "ends"},
        lambda f: [f.recut.pk, f.recut.moves.earliest("pk").pk],
    ),
    _page("programmes:marks", open_to=KEEPERS),
    _form(
        "programmes:add-mark", KEEPERS, lambda f: {"period": f.mark.period_id, "funder_de": "Probe", "position": "9"}
    ),
    _form("programmes:change-mark", KEEPERS, lambda f: {"funder_de": "Probe"}, lambda f: [f.mark.pk]),
    _post("programmes:remove-mark", KEEPERS, lambda f: {}, lambda f: [f.mark.pk]),
    _page("programmes:mark-logo", lambda f: [f.mark.pk]),
    # Imports of contacts
    _page("intake:imports", open_to=KEEPERS),
    _form(
        "intake:new",
        KEEPERS,
        lambda f: {"kind": "persons", "purpose": "Probe", "table": _file("probe.csv", b"Name\nEda Probe\n")},
    ),
    _page("intake:import", lambda f: [f.table.pk], KEEPERS),
    _form("intake:columns", KEEPERS, lambda f: {}, lambda f: [f.table.pk]),
    _page("intake:problems", lambda f: [f.table.pk], KEEPERS),
    _page("intake:next", lambda f: [f.table.pk], KEEPERS),
    _form("intake:row", KEEPERS, lambda f: {"decision": "merge"}, lambda f: [f.table.pk, 4]),
    _form("intake:confirm", KEEPERS, lambda f: {}, lambda f: [f.ready_table.pk]),
    _form("intake:undo", KEEPERS, lambda f: {}, lambda f: [f.imported_table.pk]),
    _post("intake:act", KEEPERS, lambda f: {"again": "1"}, lambda f: [f.table.pk]),
    # The library: duplicates
    _page("library:pairs", open_to=STAFF),
    _form("library:pair", WRITERS, lambda f: {"decision": "apart"}, lambda f: [_pair().pk]),
    _page("library:merges", open_to=STAFF),
    _form("library:part", WRITERS, lambda f: {}, lambda f: [_merge()]),
    _page("library:other", lambda f: [_pair().one_id], WRITERS),
    _form("library:by-hand", WRITERS, lambda f: {"kept": _pair().one_id}, lambda f: [_pair().one_id, _pair().two_id]),
    # The library: concepts of works
    _page("library:concepts-waiting", open_to=STAFF),
    _page("library:concepts-quality", open_to=STAFF),
    _form("library:concepts", WRITERS, lambda f: {"concept": "Einbürgerung"}, lambda f: [_pair().one_id]),
    # Organisations and people
    _page("organisations:organisations", open_to=KNOWN),
    _form("organisations:add", KEEPERS, lambda f: {"name": "Probe e. V.", "kind": _stakeholder()}),
    _form("organisations:join", KEEPERS, lambda f: {"organisation": _carrier()}, _person),
    _form("organisations:leave", KEEPERS, lambda f: {"last_day": "2027-12-31"}, lambda f: [f.membership.pk]),
    _page("organisations:organisation", lambda f: ["weserbogen"], KNOWN),
    _form("organisations:change", KEEPERS, lambda f: {"name": "Anders"}, lambda f: ["weserbogen"]),
    _page("people:people", open_to=KNOWN),
    _page("people:me", open_to=KNOWN),
    _form("people:add", KEEPERS, lambda f: {"name": "Probe", "mail": "probe@example.org"}),
    _page("people:person", _person, STAFF),
    _form("people:change", KEEPERS, lambda f: {"name": "Anders"}, _person),
    _page("people:export", _person, KEEPERS),
    _form("people:erase", KEEPERS, lambda f: {"typed": f.person.name}, _person),
    _form("people:account", KEEPERS, lambda f: {"mail": "anders@example.org"}, _person),
    _post("people:close-account", KEEPERS, lambda f: {}, _person),
    _post("people:open-account", KEEPERS, lambda f: {}, lambda f: [f.shut_out]),
    _form("people:grant", KEEPERS, lambda f: {"role": "researcher"}, _person),
    _form("people:end-role", KEEPERS, lambda f: {"last_day": "2027-12-31"}, lambda f: [EMRE, f.role.pk]),
    # Vocabulary
    _page("vocabulary:facets"),
    _page("vocabulary:export", lambda f: ["ttl"]),
    _page("vocabulary:facet", lambda f: ["theme"]),
    _page("vocabulary:facet-export", lambda f: ["theme", "ttl"]),
    _form("vocabulary:add", VOCABULARY, lambda f: {"name_de": "Probe", "name_en": "Sample"}, lambda f: ["theme"]),
    _form("vocabulary:imports", VOCABULARY, lambda f: {"file": _file("x.ttl", CONCEPTS.encode()), "facet": "theme"}),
    _page("vocabulary:import", lambda f: [f.concepts.pk], VOCABULARY),
    _post("vocabulary:carry-out", VOCABULARY, lambda f: {}, lambda f: [f.concepts.pk]),
    _post("vocabulary:undo", VOCABULARY, lambda f: {}, lambda f: [f.taken_in.pk]),
    _page("vocabulary:concept", _concept),
    _page("vocabulary:concept-export", lambda f: ["th-sprache", "ttl"]),
    _form("vocabulary:change", VOCABULARY, lambda f: {"note_de": "Probe"}, _concept),
    _form(
        "vocabulary:labels",
        VOCABULARY,
        lambda f: {"text": "Probewort", "language": "de", "kind": "alternative"},
        _concept,
    ),
    _post("vocabulary:remove-label", VOCABULARY, lambda f: {"language": "de", "text": "Integrationskurs"}, _concept),
    _form("vocabulary:mappings", VOCABULARY, lambda f: {"theirs": "gr-frauen", "relation": "relatedMatch"}, _concept),
    _post("vocabulary:remove-mapping", VOCABULARY, lambda f: {"theirs": f.mapped}, _concept),
    _form("vocabulary:end", VOCABULARY, lambda f: {"last_day": "2030-12-31"}, _concept),
    # Search
    _page("search:search", query="?q=Anerkennung"),
    _page("search:suggestions", query="?q=aner"),
    Page("search:save", query="?q=Anerkennung", entries=lambda f: {"mail": "probe@example.org", "rhythm": "weekly"}),
    _page("search:asked"),
    _page("search:saved", open_to=KNOWN),
    _post("search:forget", ONLY_JANA, lambda f: {}, lambda f: [f.saved.pk]),
    _form("search:confirm", ALL, lambda f: {}, lambda f: [f.confirming]),
    _form("search:end", ALL, lambda f: {}, lambda f: [f.ending]),
    # Feeds, style, demo
    _page("feeds:publications"),
    _page("feeds:studies"),
    _page("feeds:law"),
    _page("feeds:oai", query="?verb=Identify"),
    _page("feeds:law-calendar"),
    _page("feeds:programme-calendar"),
    _page("feeds:duty-calendar", lambda f: [f.calendar]),
    _form("feeds:my-calendar", KNOWN, lambda f: {}),
    _page("feeds:api-docs"),
    _page("api:api-root"),
    _page("api:openapi-json"),
    _page("api:outputs"),
    _page("api:output", _published),
    _page("api:studies"),
    _page("api:study", _study),
    _page("api:evidence-map"),
    # Reviews of literature
    _page("library:reviews", open_to=KNOWN),
    _form("library:review-new", LIBRARIANS, lambda f: {"title": "Probe", "question": "Was hilft?"}),
    _page("library:review", _review, KNOWN),
    _form("library:review-edit", LEADERS, lambda f: {"question": "Was hilft noch?"}, _review),
    _form("library:review-criteria", LEADERS, lambda f: {"words": "keine Studie", "excludes": "1"}, _review),
    _form("library:review-team", LEADERS, lambda f: {"person": f.person_to_join, "role": "screener"}, _review),
    _page("library:review-sources", _review, LEADERS),
    _page("library:review-add-works", _review, LEADERS),
    _page("library:review-priors", _review, LEADERS, "?q=Sprache"),
    _page("library:review-labels", _review, SCREENERS | LEADERS),
    _page("library:review-works", _review, KNOWN),
    _page("library:review-work", _item, KNOWN),
    _page("library:screen", lambda f: [*_review(f), "titel"], SCREENERS),
    _page("library:screen-back", lambda f: [*_review(f), "titel"], SCREENERS),
    _page("library:screen-work", lambda f: [*_review(f), "titel", 1], SCREENERS),
    _page("library:conflicts", _review, KNOWN),
    _page("library:conflict", lambda f: [*_review(f), "volltext", f.disputed], KNOWN),
    _page("library:review-agreement", _review, KNOWN),
    _page("library:review-stopping", _review, KNOWN),
    _page("library:review-log", _review, KNOWN),
    _page("library:review-log-csv", _review, KNOWN),
    _page("library:review-log-json", _review, KNOWN),
    _page("library:review-replay", _review, KNOWN),
    _page("library:review-flow", _review, KNOWN),
    _page("library:review-flow-svg", _review, KNOWN),
    _page("library:review-flow-csv", _review, KNOWN),
    _page("library:review-results", _review, KNOWN),
    _page("library:review-export", lambda f: [*_review(f), "ris"], KNOWN),
    _page("library:review-full-text", lambda f: [*_review(f), f.review_text], KNOWN),
    _form("library:review-close", LEADERS, lambda f: {"why": "Genug gelesen."}, _review),
    _post("library:review-step", LEADERS, lambda f: {"reopen": "1"}, lambda f: [f.closed_review]),
    _page("api:laws"),
    _page("api:law", _law),
    _page("api:provision", lambda f: [f.law.slug, f.provision.pk]),
    _page("api:changes"),
    _page("api:concepts"),
    _page("api:concept", _concept),
    _page("api:programmes"),
    _page("api:programme", lambda f: ["iq"]),
    _page("api:projects"),
    _page("api:project", lambda f: ["iq-ni-land"]),
    _page("feeds:sitemap"),
    _page("feeds:sitemap-part", lambda f: ["seiten"]),
    _page("feeds:robots"),
    _page("look:style"),
    _page("demo:doors"),
    _post("demo:enter", ALL, lambda f: {"person": EMRE}),
    _page("demo:tour"),
    _post("demo:bring-reading", ALL, lambda f: {}),
    _page("demo:letters"),
    _page("demo:letter", lambda f: [f.lost.pk]),
    _page("demo:tour-file", lambda f: ["bspbpg.xml"]),
]


def _level() -> int:
    from nahtstelle.register.programmes.models import Project  # reason: asked of the loaded demo

    return Project.objects.get(key="iq-ni-land").level_id


def _levels() -> dict[str, int]:
    from nahtstelle.register.programmes.models import Network  # reason: asked of the loaded demo

    rin = Network.objects.get(key="iq-rin-ni").level_id
    return {"old_level": rin, "new_level": rin, "project_level": _level()}


def _carrier() -> int:
    from nahtstelle.register.organisations.models import Organisation  # reason: asked of the loaded demo

    return Organisation.objects.get(slug="hansewerk").pk


def _pair() -> Any:
    from nahtstelle.rooms.library.models import Pair  # reason: asked of the loaded demo

    return Pair.objects.filter(state="open").earliest("pk")


def _merge() -> int:
    from nahtstelle.rooms.library.models import Merge  # reason: asked of the loaded demo

    return Merge.objects.filter(undone_at=None).earliest("pk").pk


def _project() -> int:
    from nahtstelle.register.programmes.models import Project  # reason: asked of the loaded demo

    return Project.objects.get(key="iq-ni-land").pk


def _programme() -> int:
    from nahtstelle.register.programmes.models import Programme  # reason: asked of the loaded demo

    return Programme.objects.get(key="iq").pk


def _stakeholder() -> int:
    from nahtstelle.register.vocabulary.models import Concept  # reason: asked of the loaded demo

    return Concept.objects.get(key="sh-traeger").pk


def names_of_all() -> set[str]:
    """The name of every URL pattern of the house."""
    return set(_names(get_resolver()))


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
