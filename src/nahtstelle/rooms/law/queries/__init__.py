"""Asking about law: through time, in lists, as it came in, and as it will be."""

from .acts import acts, lines_of, plans_for, plans_for_law
from .announcements import Outlook, announcements, announcements_ahead, announcements_past
from .imports import Figures, figures_of, files_of, imports
from .laws import (
    Order,
    changes_of,
    contents,
    is_watching,
    last_changes,
    laws,
    neighbours,
    portal_slug,
    recent_changes,
    substance_numbers,
)
from .through_time import (
    AsAt,
    Certainty,
    Span,
    announced_between,
    as_at,
    newest_reading,
    norm_of,
    reading_at,
    reading_before,
    timeline,
)

__all__ = [
    "AsAt",
    "Certainty",
    "Figures",
    "Order",
    "Outlook",
    "Span",
    "acts",
    "announced_between",
    "announcements",
    "announcements_ahead",
    "announcements_past",
    "as_at",
    "changes_of",
    "contents",
    "figures_of",
    "files_of",
    "imports",
    "is_watching",
    "last_changes",
    "laws",
    "lines_of",
    "neighbours",
    "newest_reading",
    "norm_of",
    "plans_for",
    "plans_for_law",
    "portal_slug",
    "reading_at",
    "reading_before",
    "recent_changes",
    "substance_numbers",
    "timeline",
]
