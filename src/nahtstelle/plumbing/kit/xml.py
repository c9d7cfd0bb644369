"""What may stand in a file of XML."""

import re

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text without what XML cannot hold; Word leaves such signs behind."""
    return _UNWRITABLE.sub("", text)
