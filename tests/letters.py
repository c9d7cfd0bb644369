"""What letters say that tests go on with."""

import re
from urllib.parse import urlsplit

from nahtstelle.register.notices.models import Letter


def first_link(letter: Letter) -> str:
    """The path of the first link in a letter."""
    return urlsplit(re.findall(r"https?://\S+", letter.text)[0]).path
