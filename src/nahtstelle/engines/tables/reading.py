"""A file becomes a table."""

from .kinds import kind_of
from .plain_text import read_csv
from .values import Table
from .workbooks import read_xlsx


def read_table(content: bytes) -> Table:
    """Told by its bytes, not by its name. Raises ``TableTrouble`` for whatever is no table, or too much of one."""
    return read_xlsx(content) if kind_of(content) == "xlsx" else read_csv(content)
