"""Importing: given, read, assigned, checked, decided, carried out whole, undone whole, forgotten in time."""

from .carrying_out import Changed, carry_out, confirm, put_back
from .checking import check_rows, choose_columns, match_rows
from .deciding import decide, decide_all
from .ending import abandon, forget_old
from .giving import give_table, read_rows
from .undoing import confirm_undoing, put_undoing_back, undo

__all__ = [
    "Changed",
    "abandon",
    "carry_out",
    "check_rows",
    "choose_columns",
    "confirm",
    "confirm_undoing",
    "decide",
    "decide_all",
    "forget_old",
    "give_table",
    "match_rows",
    "put_back",
    "put_undoing_back",
    "read_rows",
    "undo",
]
