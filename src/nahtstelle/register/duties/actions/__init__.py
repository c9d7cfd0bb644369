"""Everything that changes duties."""

from .closing import drop, drop_all_for, reopen_all_for, settle, settle_all_for
from .handing import delegate
from .opening import BULK_COLUMNS, open_duty, open_in_bulk
from .pressing import ESCALATE_AFTER, REMIND_BEFORE, escalate_overdue, remind_due

__all__ = [
    "BULK_COLUMNS",
    "ESCALATE_AFTER",
    "REMIND_BEFORE",
    "delegate",
    "drop",
    "drop_all_for",
    "escalate_overdue",
    "open_duty",
    "open_in_bulk",
    "remind_due",
    "reopen_all_for",
    "settle",
    "settle_all_for",
]
