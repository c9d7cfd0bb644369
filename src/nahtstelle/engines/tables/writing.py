"""Cells for a table that goes out: no spreadsheet takes one of them for a formula."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows instead of calculating it."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def as_meant(cell: str) -> str:
    """What ``harmless`` was given, when the table comes back."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS_A_FORMULA) else cell
