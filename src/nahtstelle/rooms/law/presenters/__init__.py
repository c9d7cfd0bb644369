"""What the pages of the room law show: plain values in the reader's language, no queries."""

from .acts import plan_entries, plan_rows, stage_steps
from .changes import ShownChange, class_word, kind_word, provision_url, reading_label, shown_change, synopsis_rows
from .imports import import_rows, item_row
from .laws import Chapter, chapters, law_rows, official_url
from .texts import text_nodes
from .times import announcement_rows, certainty_sentence, reading_entries, span_entries

__all__ = [
    "Chapter",
    "ShownChange",
    "announcement_rows",
    "certainty_sentence",
    "chapters",
    "class_word",
    "import_rows",
    "item_row",
    "kind_word",
    "law_rows",
    "official_url",
    "plan_entries",
    "plan_rows",
    "provision_url",
    "reading_entries",
    "reading_label",
    "shown_change",
    "span_entries",
    "stage_steps",
    "synopsis_rows",
    "text_nodes",
]
