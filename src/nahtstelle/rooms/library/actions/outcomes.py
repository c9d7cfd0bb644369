"""What became of a work: worked out anew from the log each time somebody judged it."""

from django.db.models import Q

from ..models import Decision, Item, Stage
from ..queries.reviews import OUTCOME
from ..rules.verdicts import Judgement, Result, result_of


def recompute(item: Item, stage: str) -> Result:
    """Bring the outcome of a work in line with its log, that of what was merged into it included."""
    rows = Decision.objects.filter(Q(item=item) | Q(item__twin=item), stage=stage, newest=True, prior=False)
    by_person: dict[int, Judgement] = {}
    settled = None
    for of, by, verdict, reason, settles in rows.order_by("number").values_list(
        "item", "by", "verdict", "reason", "settles"
    ):
        if settles:
            settled = Judgement(verdict, reason)
        elif of == item.pk or by not in by_person:
            by_person[by] = Judgement(verdict, reason)
    result = result_of(list(by_person.values()), needed=item.judges, stage=stage, settled=settled)
    values = {OUTCOME[Stage(stage)]: result.outcome}
    if stage == Stage.FULL:
        values["full_reason_id"] = result.reason
    if any(getattr(item, name) != value for name, value in values.items()):
        Item.objects.filter(pk=item.pk).update(**values)
        for name, value in values.items():
            setattr(item, name, value)
    return result
