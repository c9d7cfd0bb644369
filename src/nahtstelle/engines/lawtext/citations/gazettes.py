"""What may follow a law's name and still belongs to the reference: its date and where it was promulgated."""

import re

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
DATE = re.compile(rf"\s*+vom\s++\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTHS})\s?\d{{4}}")
_NAME = (
    r"(?:BGBl|RGBl|Bundesgesetzbl(?:att)?|Reichsgesetzbl(?:att)?|ABl|ABlEU|BAnz|GBl|GV|\w{0,12}GVBl|\w{0,12}GVOBl"
    r"|\w{2,8}VBl)\b"
)
GAZETTE = re.compile(
    rf"\s*+(?:\(\s*+{_NAME}[^()§;]{{0,90}}\)|<\s*+{_NAME}[^<>§;]{{0,90}}>"
    r"|,\s*+BGBl\.?\s++(?:\d{4}\s++)?I{1,3}\s*+,?\s*+(?:\d{4}\s*+,?\s*+)?(?:S\.?\s*+)?(?:Nr\.\s*+)?\d+(?:\s*+,\s*+\d+(?!\s*+\.))*(?:\s++ff?\b\.?)?)"
)


def end_of_promulgation(text: str, position: int, *, with_gazette_only: bool = False) -> int:
    """Where "vom 13. Juli 1961 (BGBl. I S. 981)" behind a name ends; ``position`` when there is no date."""
    date = DATE.match(text, position)
    if date is None:
        return position
    gazette = GAZETTE.match(text, date.end())
    if gazette is not None:
        return gazette.end()
    return position if with_gazette_only else date.end()
