"""The funders' marks of the demo: invented, and drawn for it."""

from datetime import datetime

from nahtstelle.plumbing.files.actions import keep
from nahtstelle.register.programmes.models import FundingMark, FundingPeriod

from .content_files import CONTENT, read_list


def add_marks(*, at: datetime) -> None:
    """One mark for each period a row of the list names."""
    periods = {period.key: period for period in FundingPeriod.objects.all()}
    for row in read_list("marks.yaml"):
        logo = keep((CONTENT / "marks" / row["logo"]).read_bytes(), media_type="image/png", at=at)
        for key in row["periods"]:
            period = periods[key]
            FundingMark.objects.create(
                period=period, logo=logo, position=row.get("position", 1), on_letters=key in row.get("on_letters", ()),
                valid_from=period.valid_from, valid_until=period.valid_until,
                **{name: row[name] for name in ("funder_de", "funder_en", "text_de", "text_en")},
            )  # fmt: skip
