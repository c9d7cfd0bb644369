"""What a column may mean, per kind of import; and what people call such columns."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.register.vocabulary.folding import fold

from .models import Batch

Kind = Batch.Kind


@dataclass(frozen=True, slots=True)
class Field:
    """``reads`` says how a cell is understood (see ``understanding``); ``called`` what such a column is often called."""

    name: str
    label: Any
    reads: str = "text"
    longest: int = 200
    called: tuple[str, ...] = ()

    @property
    def known_as(self) -> frozenset[str]:
        return frozenset(fold(word) for word in (self.name.replace("_", " "), *self.called))


NAME = Field("name", _("Name"), called=("vollständiger Name", "full name", "Person", "Kontakt", "Ansprechperson"))
FIRST = Field("first_name", _("First name"), called=("Vorname", "given name", "Rufname"))
LAST = Field("last_name", _("Last name"), called=("Nachname", "Familienname", "surname", "family name", "Zuname"))

FIELDS: dict[str, tuple[Field, ...]] = {
    Kind.PERSONS: (
        NAME, FIRST, LAST,
        Field("mail", _("E-mail"), "mail", 254, ("E-Mail", "Mail", "E-Mail-Adresse", "Mailadresse", "email address", "email")),
        Field("language", _("Language of letters"), "language", called=("Sprache", "Korrespondenzsprache", "Briefsprache")),
        Field("organisation", _("Organisation"), "organisation", 250, ("Träger", "Einrichtung", "Institution", "Firma", "company", "employer", "Arbeitgeber")),
        Field("function", _("Function"), called=("Funktion", "Position", "job title", "Stelle", "Tätigkeit")),
        Field("member_from", _("In the organisation from"), "day", called=("dort seit", "Organisation seit", "employed since")),
        Field("member_until", _("In the organisation until"), "day", called=("dort bis", "Organisation bis")),
        Field("role", _("Role in the programme"), "role", called=("Rolle", "Projektrolle", "programme role")),
        Field("programme", _("Programme"), "programme", called=("Programm", "Förderprogramm", "program")),
        Field("network", _("Network"), "network", 250, ("Netzwerk", "Landesnetzwerk", "RIN", "Verbund")),
        Field("project", _("Project"), "project", 250, ("Projekt", "Teilprojekt", "Teilvorhaben", "sub-project")),
        Field("region", _("Region"), "region", called=("Land", "Bundesland", "state")),
        Field("role_from", _("Role from"), "day", called=("von", "ab", "Beginn", "seit", "from", "start", "Rolle von")),
        Field("role_until", _("Role until"), "day", called=("bis", "Ende", "until", "to", "end", "Rolle bis")),
        Field("purpose", _("Purpose of holding the data"), longest=300, called=("Zweck", "Anlass", "Verarbeitungszweck")),
        Field("consent_on", _("Consent given on"), "day", called=("Einwilligung", "Einwilligung am", "Einwilligung vom", "consent", "consent date")),
        Field("ends_on", _("Data due for erasure on"), "day", called=("löschen am", "Löschdatum", "delete on", "Datenlöschung")),
    ),
    Kind.ORGANISATIONS: (
        Field("name", _("Name"), longest=250, called=("Organisation", "Träger", "Einrichtung", "Institution", "Bezeichnung")),
        Field("kind", _("Kind"), "stakeholder", called=("Art", "Akteursgruppe", "Typ", "type", "Organisationsart", "Kategorie")),
        Field("region", _("Region"), "region", called=("Land", "Bundesland", "state")),
        Field("website", _("Website"), "address", called=("Webseite", "Internet", "Homepage", "URL", "Web")),
        Field("valid_from", _("Exists since"), "day", called=("seit", "von", "gegründet", "founded", "since", "from")),
        Field("valid_until", _("Existed until"), "day", called=("bis", "aufgelöst", "until")),
    ),
    Kind.NETWORKS: (
        Field("name_de", _("Name (German)"), longest=250, called=("Name", "Netzwerk", "Bezeichnung", "network")),
        Field("name_en", _("Name (English)"), longest=250, called=("Name englisch", "English name", "Name EN")),
        Field("period", _("Funding period"), "period", called=("Förderperiode", "Periode", "period", "Förderphase")),
        Field("level", _("Level"), "level", called=("Ebene", "Strukturebene", "Art")),
        Field("regions", _("Regions"), "regions", 1000, ("Region", "Land", "Länder", "Bundesland", "states")),
        Field("predecessors", _("Follows"), "networks", 2000, ("Vorgänger", "folgt auf", "predecessor", "hervorgegangen aus")),
        Field("valid_from", _("From"), "day", called=("von", "ab", "Beginn", "seit", "start")),
        Field("valid_until", _("Until"), "day", called=("bis", "Ende", "end")),
    ),
    Kind.PROJECTS: (
        Field("name_de", _("Name (German)"), longest=250, called=("Name", "Projekt", "Projekttitel", "Titel", "project", "title", "Teilvorhaben", "Teilprojekt")),
        Field("name_en", _("Name (English)"), longest=250, called=("Name englisch", "English name", "Name EN")),
        Field("carrier", _("Carrier"), "organisation", 250, ("Träger", "Organisation", "Projektträger", "Einrichtung", "organization")),
        Field("period", _("Funding period"), "period", called=("Förderperiode", "Periode", "period", "Förderphase")),
        Field("level", _("Level"), "level", called=("Ebene", "Strukturebene", "Art")),
        Field("network", _("Network"), "network", 250, ("Netzwerk", "Landesnetzwerk", "RIN", "Verbund")),
        Field("action_field", _("Action field"), "action_field", called=("Handlungsschwerpunkt", "HSP", "Schwerpunkt")),
        Field("region", _("Land"), "region", called=("Land", "Bundesland", "Region", "state")),
        Field("place", _("Place"), longest=120, called=("Ort", "Stadt", "city", "Standort")),
        Field("valid_from", _("From"), "day", called=("von", "ab", "Beginn", "seit", "start", "Laufzeit von")),
        Field("valid_until", _("Until"), "day", called=("bis", "Ende", "end", "Laufzeit bis")),
    ),
}  # fmt: skip

# Of each group one column at least must be assigned; a person's name may stand in one column or in two.
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    Kind.PERSONS: (("name", "last_name"),),
    Kind.ORGANISATIONS: (("name",), ("kind",)),
    Kind.NETWORKS: (("name_de",), ("level",)),
    Kind.PROJECTS: (("name_de",), ("level",), ("carrier",)),
}

NOTHING = pgettext_lazy("column", "not imported")


def field_of(kind: str, name: str) -> Field:
    return next(field for field in FIELDS[kind] if field.name == name)


def is_required(kind: str, name: str) -> bool:
    return any(name in group for group in REQUIRED[kind])
