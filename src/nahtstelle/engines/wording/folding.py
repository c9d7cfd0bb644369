"""One form for the ways in which people write one word: case, umlauts, ß, accents, gender marks."""

import re
import unicodedata

# ae, oe, ue stand for an umlaut, but not the ue of "Quelle", "neue" or "Steuer".
_TWO_LETTERS = re.compile(r"(?<![aeq])([aou])e")
_CAPITAL_I = re.compile(r"(?<=[a-zäöüß])I(?=nnen\b|n\b)")
_GENDER_MARK = re.compile(r"[*:_/·(\-]+(?=innen\b|in\b|r\b|n\b|e\b)")
# "Beraterinnen", "Beraterin": who is meant is the Berater too. Short words ("darin", "Wien in") are left alone.
_FEMALE = re.compile(r"(?<=\w{3})(er|ent|ant|ist|eur|or|isch|og)in(?:nen)?\Z")
_LEAST_FEMALE = 8


def fold(word: str) -> str:
    """The one spelling of a word: ASCII letters and digits where the word is of a Latin script.

    >>> fold("Übergänge"), fold("Uebergaenge"), fold("Ubergange"), fold("Straße")
    ('ubergange', 'ubergange', 'ubergange', 'strasse')
    >>> fold("Berater*innen"), fold("BeraterInnen"), fold("Beraterin")
    ('berater', 'berater', 'berater')
    """
    if word.isascii() and word.islower() and word.isalpha():
        bare = word
    else:
        text = _GENDER_MARK.sub("", _CAPITAL_I.sub("i", unicodedata.normalize("NFC", word))).casefold()
        decomposed = unicodedata.normalize("NFKD", text)
        bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign) and (sign.isalnum()))
    bare = _TWO_LETTERS.sub(r"\1", bare).replace("selbstst", "selbst")  # both are right since 1996
    return _FEMALE.sub(r"\1", bare) if len(bare) >= _LEAST_FEMALE else bare
