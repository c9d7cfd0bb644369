"""Laws that no table knows: how a name of a law looks, and how it reads in the nominative.

German names its laws openly: any abbreviation that ends like one ("IntPatÜG", "TVöD", "ZustVO-SOG"), any compound that
ends in -gesetz, -ordnung, -vertrag …, and titles of any length ("Gesetz zur Regelung des …"). They are taken by their form,
and the law is called by its surface.
"""

import re

# Abbreviation: words joined by hyphen, slash or dot, of which one has at least two capitals.
_MANY_CAPITALS = r"[A-ZÄÖÜ][a-zäöüß]*(?:\d{1,4})?[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*"
_JOINT = r"(?:[-/.]|\s/\s(?=[A-ZÄÖÜ]+(?:[A-Z]|-|öD)))"
ABBREVIATION = re.compile(
    rf"(?:[A-ZÄÖÜ][a-zäöüß]{{0,14}}-)?{_MANY_CAPITALS}(?:{_JOINT}[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*)*(?![\w-])"
)
# Authorities, courts, gazettes, journals, states and currencies also look like that.
NOT_A_LAW = frozenset(
    """BVerfG BVerwG BGH BSG BFH BAG BPatG OVG VGH VG OLG LG AG LSG LAG ArbG SG FG KG BayVGH EuGH EuG EGMR GmSOGB RG
    BGBl GVBl GVOBl ABl BAnz BStBl GMBl RGBl BT-Drs BT-Drucks BR-Drs BR-Drucks
    NJW NVwZ NZA NStZ GRUR BB DB DÖV DVBl InfAuslR ZAR juris BeckRS BVerfGE BVerwGE BSGE BGHZ BGHSt BAGE BFHE EuGRZ
    EU EG EWG EGKS EWR UN UNO NATO OECD USA DDR BRD NRW GmbH KGaA OHG BA BAMF BMI BMAS BMF BMJ BKA BND GdB MdE
    DM EUR TV PKW LKW IT ID PDF CDU SPD CSU FDP Rn RdNr RdNrn Rz Nr Abs Art StA BaFin BNetzA DRV AOK""".split()
)

_COUNTRIES = (
    r"(?:Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen"
    r"|Nordrhein-Westfalen|Rheinland-Pfalz|Saarland|Sachsen-Anhalt|Sachsen|Schleswig-Holstein|Thüringen"
    r"|NRW|NW|BW|Bln|BE|HB|HH|HE|LSA|M-V|MV|NI|Nds|RP|SH|SL|SN|ST|TH|Bbg|Bay)"
)
# What may stand behind an abbreviation and belongs to it: a state, an employer's association, a year of issue.
# Collective agreements: "TV AKS 2014", "TV BZ Druck-gewerblich", "BV 97", "FGr 6-TV".
AGREEMENT = re.compile(
    r"(?:TV|BV|MTV|RTV|ETV|GTV|VTV|DV|AVR|KTV)(?:\s++(?:[A-ZÄÖÜ]{2,}[\wäöüß-]*|\d{2,4}(?![\w.])|[A-ZÄÖÜ][a-zäöü]+-[\w-]+)){1,3}"
    r"|[A-ZÄÖÜ]\w+\s\d-TV\b"
)
ADDITION = re.compile(
    rf"\s++(?:(?P<land>(?:Land\s++)?{_COUNTRIES})(?![\w-])(?!\.)|(?P<year>(?:18|19|20)\d\d)(?![\w.]|\s?/))"
)
DRAFT = re.compile(r"\s?[-–]\s?E(?:ntwurf)?\b")

_FEMININE = (
    "verordnung", "ordnung", "verfassung", "satzung", "konvention", "charta", "richtlinie", "richtlinien", "vereinbarung", "vorschrift",
    "vorschriften", "bekanntmachung", "anordnung", "anweisung",
)  # fmt: skip
_NEUTER = ("gesetz", "buch", "abkommen", "übereinkommen", "statut", "protokoll", "konkordat", "landrecht")
_MASCULINE = ("vertrag", "verträge", "kodex", "codex", "pakt", "erlass", "erlaß", "tarif", "code civil")
_KIND = re.compile(
    rf"(?P<kind>{'|'.join(sorted((*_FEMININE, *_NEUTER, *_MASCULINE), key=len, reverse=True))})(?:e?s|en?)?(?P<union>/EU)?\Z",
    re.IGNORECASE,
)
# Compounds with such endings that name no law, by their last element.
_NO_LAW = re.compile(
    r"(?:rechts|tages|rang|zu|ein|größen|neu|unter|über|bei|wirtschafts|gesellschafts|weltwirtschafts|um|ab)ordnung"
    r"|.*(?:rechtsordnung|rechtsverordnung|zuordnung|einordnung|unterordnung|größenordnung|neuordnung)"
    r"|.*(?:hand|lehr|tage|grund|spar|fahrten|dreh|schul|fach|sach|hör|wörter|kassen|konto|taschen)buch|gemütsverfassung",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?P<stem>.{3,})e[nsmr]")


def kind_of(word: str) -> tuple[str, str] | None:
    """What kind of law a word names, and the word without its inflection: "Abgabenordnung" gives ("ordnung", "Abgabenordnung").

    None when it names none ("Größenordnung" does not).
    """
    found = _KIND.search(word)
    if found is None:
        return None
    name = word[: found.end("kind")]
    if _NO_LAW.fullmatch(name):
        return None
    return found["kind"].casefold(), name + (found["union"] or "")


def nominative(adjectives: list[str], noun: str, kind: str) -> str:
    """A name in the nominative: (["Sächsischen"], "Haushaltsordnung", "ordnung") gives "Sächsische Haushaltsordnung"."""
    ending = "e" if kind in _FEMININE else "es" if kind in _NEUTER else "er"
    words = []
    for adjective in adjectives:
        found = _ADJECTIVE.fullmatch(adjective)
        words.append(adjective if found is None or adjective.endswith("er") else found["stem"] + ending)
    return " ".join([*words, noun])


def is_abbreviation_of_law(token: str) -> bool:
    return token not in NOT_A_LAW and not token.startswith(("BT-", "BR-", "LT-"))
