"""Designations: "§ 60c", "Art 1", "Anlage 2", "(XXXX) §§ 12 bis 14": their kind, the plain ones a range covers, order."""

import re

from nahtstelle.engines.lawtext.values import NormKind

_REPEALED = re.compile(r"\((?:weggefallen|wegefallen|aufgehoben)\)")
_RANGE_SIGN = "(XXXX)"
_APPENDIX = re.compile(r"(?:Anl(?:age|agen)?|Anhang|Anhänge|Appendix|Beilage)\b")
_CONTENTS = re.compile(r"Inhalt(?:s|$)|Gliederung$|Übersicht$")
_FORMULA = re.compile(r"Eingangs|Schlu(?:ss|ß)formel|Präambel")
_PROVISION = re.compile(r"§|Art\b|Art\.|Artikel\b|Einziger Paragraph")


def kind_of(designation: str) -> NormKind:
    """What sort of norm a designation names."""
    plain = designation.removeprefix(_RANGE_SIGN).strip()
    if _PROVISION.match(plain):
        return NormKind.PROVISION
    if _APPENDIX.match(plain):
        return NormKind.APPENDIX
    if _CONTENTS.match(plain):
        return NormKind.CONTENTS
    if _FORMULA.match(plain):
        return NormKind.FORMULA
    return NormKind.OTHER


def says_repealed(title: str, text: str) -> bool:
    """Whether title or text say that nothing is left of the norm."""
    return bool(_REPEALED.fullmatch(text) or (_REPEALED.search(title) and len(text) < 30))


def covered(designation: str) -> tuple[str, ...]:
    return ()
