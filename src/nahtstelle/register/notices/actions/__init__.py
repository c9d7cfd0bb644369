"""Everything that changes notices, letters and what people want to be told."""

from .bounces import clear_address, note_bounce, note_report
from .digests import carry_notices
from .letters import NewLetter, forget_old_letters, retry_letter, write_letter, write_letters
from .preferences import set_preference, unsubscribe
from .sending import send_due_letters
from .telling import BULK_COLUMNS, mark_all_read, mark_read, tell, tell_in_bulk

__all__ = [
    "BULK_COLUMNS",
    "NewLetter",
    "carry_notices",
    "clear_address",
    "forget_old_letters",
    "mark_all_read",
    "mark_read",
    "note_bounce",
    "note_report",
    "retry_letter",
    "send_due_letters",
    "set_preference",
    "tell",
    "tell_in_bulk",
    "unsubscribe",
    "write_letter",
    "write_letters",
]
