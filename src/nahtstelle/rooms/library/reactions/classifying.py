"""What came in is described by concepts, once its duplicates are sought; answers are learned from."""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor

from ..actions.classifying import learn_anew, propose_some
from ..facts import DuplicatesSought, LearningFellDue, ProposingWentOn
from ..models import Import


def propose_first(fact: DuplicatesSought, *, by: Actor, at: datetime) -> None:
    propose_some(batch=Import.objects.get(pk=fact.batch_id), after=0, by=by, at=at)


def propose_on(fact: ProposingWentOn, *, by: Actor, at: datetime) -> None:
    propose_some(batch=Import.objects.get(pk=fact.batch_id), after=fact.after, by=by, at=at)


def learn(fact: LearningFellDue, *, by: Actor, at: datetime) -> None:
    learn_anew(by=by, at=at)
