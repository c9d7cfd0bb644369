"""What came in is compared with what there is, step by step."""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor

from ..actions.linking import FIRST, link_some
from ..facts import LinkingWentOn, LiteratureImported
from ..models import Import


def link_imported(fact: LiteratureImported, *, by: Actor, at: datetime) -> None:
    link_some(batch=Import.objects.get(pk=fact.batch_id), step=FIRST, after=0, by=by, at=at)


def link_on(fact: LinkingWentOn, *, by: Actor, at: datetime) -> None:
    link_some(batch=Import.objects.get(pk=fact.batch_id), step=fact.step, after=fact.after, by=by, at=at)
