"""Headers of tables, as they are remembered."""

import hashlib
import json
from collections.abc import Sequence


def digest_of(headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([header.strip().lower() for header in headers]).encode()).hexdigest()
