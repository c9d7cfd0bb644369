"""How a name of a law looks: abbreviations, and nouns that name a kind of law."""

import re
from dataclasses import dataclass

# Abbreviation: words joined by hyphen, slash or dot, of which one has at least two capitals.
_MANY_CAPITALS = r"[A-ZÄÖÜ][a-zäöüß]*(?:\d{1,4})?[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*"
_JOINT = r"(?:[-/.]|\s/\s(?=[A-ZÄÖÜ]+(?:[A-Z]|-|öD)))"
ABBREVIATION = re.compile(
    rf"(?:[A-ZÄÖÜ][a-zäöüß]{{0,14}}-)?{_MANY_CAPITALS}(?:{_JOINT}[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*)*(?![\w-])"
)
# Authorities, courts, gazettes, journals, states and currencies also look like that.
_NO_LAWS = """
    BVerfG BVerwG BGH BSG BFH BAG BPatG OVG VGH VG OLG LG AG LSG LAG ArbG FG KG BayVGH EuGH EuG EGMR GmSOGB RG
    BGBl GVBl GVOBl ABl BAnz BStBl GMBl RGBl BT-Drs BT-Drucks BR-Drs BR-Drucks BTDrucks BRDrucks
    NJW NVwZ NZA NStZ GRUR BB DB DÖV DVBl InfAuslR ZAR BeckRS BVerfGE BVerwGE BSGE BGHZ BGHSt BAGE BFHE EuGRZ
    EU EG EWG EGKS EWR UN UNO NATO OECD USA DDR BRD NRW GmbH KGaA OHG BA BAMF BMI BMAS BMF BMJ BKA BND GdB MdE
    DM EUR TV PKW LKW IT ID PDF CDU SPD CSU FDP RdNr RdNrn Rz StA BaFin BNetzA DRV AOK
"""
_NOT_A_LAW = frozenset(_NO_LAWS.split())
# Collective agreements: "TV AKS 2014", "TV BZ Druck-gewerblich", "BV 97", "FGr 6-TV".
AGREEMENT = re.compile(
    r"(?:TV|BV|MTV|RTV|ETV|GTV|VTV|DV|AVR|KTV)"
    r"(?:\s++(?:[A-ZÄÖÜ]{2,}[\wäöüß-]*|\d{2,4}(?![\w.])|[A-ZÄÖÜ][a-zäöü]+-[\w-]+)){1,3}"
    r"|[A-ZÄÖÜ]\w+\s\d-TV\b"
)

LAND = (
    r"(?:Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen"
    r"|Nordrhein-Westfalen|Rheinland-Pfalz|Saarlande?s?|Sachsen-Anhalt|Sachsen|Schleswig-Holstein|Thüringen)"
)
SHORT_LAND = r"(?:NRW|NW|BW|Bln|BE|HB|HH|HE|LSA|M-V|MV|NI|Nds|RP|SH|SL|SN|ST|TH|Bbg|Bay)"
# What may stand behind an unknown abbreviation and belongs to it: "TV-Ärzte Hessen", "DSchG SH".
OF_A_LAND = re.compile(rf"\s++((?:Land\s++)?(?:{LAND}|{SHORT_LAND}))(?![\w-])(?!\.)")
YEAR = re.compile(r"\s++((?:18|19|20)\d\d)(?![\w.]|\s?/)")
DRAFT = re.compile(r"\s?[-–]\s?E(?:ntwurf)?\b")

_FEMININE = (
    "verordnung", "ordnung", "verfassung", "satzung", "konvention", "charta", "richtlinie", "vereinbarung",
    "vorschrift", "bekanntmachung", "anordnung", "anweisung",
)  # fmt: skip
_NEUTER = ("gesetz", "buch", "abkommen", "übereinkommen", "statut", "protokoll", "konkordat", "landrecht")
_MASCULINE = ("vertrag", "verträge", "kodex", "codex", "pakt", "erlass", "erlaß", "tarif")
_KINDS = "|".join(sorted((*_FEMININE, *_NEUTER, *_MASCULINE), key=len, reverse=True))
_NOUN = re.compile(
    rf"(?P<kind>{_KINDS})(?P<ending>e?s|en?|n)?(?P<union>/EU|-(?!Entw)[A-ZÄÖÜ][a-zäöüß]{2, 14})?\Z", re.IGNORECASE
)
# Compounds with such endings that name no law, by their last element.
_NO_LAW = re.compile(
    r"(?:rechts|tages|rang|zu|ein|größen|neu|unter|über|bei|wirtschafts|gesellschafts|weltwirtschafts|um|ab)ordnung"
    r"|.*(?:rechtsordnung|rechtsverordnung|zuordnung|einordnung|unterordnung|größenordnung|neuordnung)"
    r"|.*(?:hand|lehr|tage|grund|spar|fahrten|dreh|schul|fach|sach|hör|wörter|kassen|konto|taschen)buch|gemütsverfassung",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?P<stem>.{3,})e[nsmr]")
# Kinds that name a law also without an article: "§ 5 Handwerksordnung", but not "§ 17 Übergangsvorschriften".
_WITHOUT_ARTICLE = frozenset(
    (
        "gesetz",
        "buch",
        "verordnung",
        "ordnung",
        "verfassung",
        "kodex",
        "konvention",
        "charta",
        "abkommen",
        "übereinkommen",
    )
)


@dataclass(frozen=True, slots=True)
class LawNoun:
    """A noun that names a law, "Abgabenordnung", or a kind of law, "Gesetzes" (``bare``)."""

    kind: str  # "ordnung"
    name: str  # without its inflection: "Abgabenordnung"
    ending: str  # "", "s", "es", "en" …
    bare: bool

    @property
    def stands_without_article(self) -> bool:
        return not self.ending and (
            self.kind in _WITHOUT_ARTICLE or self.name.endswith(("arifvertrag", "antelvertrag"))
        )

    def agrees_with(self, article: str) -> bool:
        """Whether the noun can stand in the genitive with this article: "des Gesetzes" and not "der Vertrag"."""
        plural = self.ending in ("e", "en", "n") or self.kind == "verträge"
        if article == "der":
            return plural or self.kind in _FEMININE
        return self.kind not in _FEMININE and not plural

    def nominative(self, adjectives: list[str]) -> str:
        """With its adjectives in the nominative: ["Sächsischen"] gives "Sächsische Haushaltsordnung"."""
        ending = "e" if self.kind in _FEMININE else "es" if self.kind in _NEUTER else "er"
        words = []
        for adjective in adjectives:
            found = _ADJECTIVE.fullmatch(adjective)
            words.append(adjective if found is None or adjective.endswith("er") else found["stem"] + ending)
        return " ".join([*words, self.name])


def law_noun(word: str) -> LawNoun | None:
    """The noun that names a law or a kind of law; None for another ("Größenordnung")."""
    found = _NOUN.search(word)
    if found is None:
        return None
    name = word[: found.end("kind")]
    if _NO_LAW.fullmatch(name):
        return None
    bare = not found.start("kind")
    return LawNoun(found["kind"].casefold(), name + (found["union"] or ""), (found["ending"] or "").casefold(), bare)


def may_be_a_law(abbreviation: str) -> bool:
    """Whether an abbreviation that no table knows may be that of a law: "BetrSichV" may, "BVerfG" may not."""
    return abbreviation not in _NOT_A_LAW and not abbreviation.startswith(("BT-", "BR-", "LT-"))


# By its last letters: Gesetz, Gesetzbuch, Ordnung, Verordnung, Vertrag.
LOOKS_LIKE_A_LAW = re.compile(r"(?:G|GB|O|V|VO|VwV|TV)(?:\s\w+)?\Z")
