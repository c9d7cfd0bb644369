"""Which language tags a label may carry: a known primary language, perhaps with further subtags (BCP 47)."""

import re

_ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so
sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
# Languages of advice that have a code of three letters only.
_THREE_LETTERS = "aii arc bal ckb haz kmr mul prs rhg rmy rom sdh und zza"
_PRIMARY = frozenset(_ISO_639_1.split()) | frozenset(_THREE_LETTERS.split())
_SHAPE = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]{1,8})*")
LONGEST = 12


def is_known(tag: str) -> bool:
    """Whether ``tag`` is a well-formed tag of at most 12 characters whose primary language is known."""
    shape = _SHAPE.fullmatch(tag)
    return bool(shape) and len(tag) <= LONGEST and shape.group(1) in _PRIMARY
