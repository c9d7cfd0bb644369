"""Tables as people keep them (XLSX, CSV): read honestly, row by row, as text; refused with a reason where they lie."""
