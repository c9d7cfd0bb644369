"""Acts of the European Union, which are called by their number: "Verordnung (EG) Nr. 883/2004", "RL 2013/32/EU"."""

import re

_BODY = r"(?P<body>EG|EU|EWG|Euratom|EURATOM)(?:\s*+,\s*+Euratom)?"
ACT = re.compile(
    r"(?P<kind>(?:(?:Delegierten?|Durchführungs)[-\s]?)?(?:[A-ZÄÖÜ]\w*-?)?"
    r"(?:[Vv]erordnung|[Rr]ichtlinie|[Rr]ahmenbeschluss(?:es)?|[Bb]eschluss(?:es)?|Entscheidung)"
    r"|(?:Del\.?\s?|Durchf\.?\s?)?VO|DVO|RL|RiLi)"
    rf"\s*+(?:[(<]?\s*+{_BODY}\s*+[)>]?\s*+)?(?:Nr\.?\s*+)?(?P<number>\d{{1,4}}\s?/\s?\d{{1,4}})"
    r"(?:\s?/\s?(?P<tail>EU|EG|EWG|JI|GASP|Euratom)\b)?"
)
# How the first word of such a name ends; looking at it costs less than the pattern.
_LAST_LETTERS = (
    "ordnung", "ichtlinie", "eschluss", "eschlusses", "ntscheidung", "VO", "RL", "RiLi", "legierte", "legierten",
    "führungs", "Del", "Durchf",
)  # fmt: skip
ISSUER = re.compile(
    r"\s*+(?:des\s++Europäischen\s++Parlament(?:e?s)?\s++und\s++des\s++Rat(?:e?s)|des\s++Rates|der\s++Kommission"
    r"|des\s++Assoziationsrat(?:e?s)(?:\s++EWG[-/\s]+Türkei)?)"
)


def act_at(text: str, position: int, word: str) -> tuple[str, int] | None:
    """The act whose name begins at ``position`` with ``word``: one name for all its spellings, and where it ends."""
    if not word.endswith(_LAST_LETTERS):
        return None
    found = ACT.match(text, position)
    if found is None:
        return None
    kind = "Verordnung"
    written = found["kind"]
    if written.startswith("R") or "ichtlinie" in written:
        kind = "Rahmenbeschluss" if "ahmenbeschluss" in written.lower() else "Richtlinie"
    elif "eschluss" in written:
        kind = "Beschluss"
    elif written.startswith("Entscheidung"):
        kind = "Entscheidung"
    number = "".join(found["number"].split())
    if found["tail"]:
        return f"{kind} {number}/{found['tail']}", found.end()
    if not found["body"]:
        return (f"{kind} Nr. {number}" if kind == "Beschluss" else f"{kind} {number}"), found.end()
    # Until 2014 a regulation is "Nr. number/year", since 2015 year/number.
    numbered = "" if number.partition("/")[0] >= "2015" and len(number.partition("/")[0]) == 4 else "Nr. "
    return f"{kind} ({found['body']}) {numbered}{number}", found.end()
