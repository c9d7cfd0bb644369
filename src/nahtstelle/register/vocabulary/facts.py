"""What can happen to the vocabulary."""

from dataclasses import dataclass

from nahtstelle.plumbing.ledger.facts import fact


@fact("vocabulary.VocabularyLoaded")
@dataclass(frozen=True, slots=True)
class VocabularyLoaded:
    """The platform's own data files were brought in."""

    created: int
    changed: int
    ended: int


@fact("vocabulary.ConceptAdded")
@dataclass(frozen=True, slots=True)
class ConceptAdded:
    concept_id: int


@fact("vocabulary.ConceptChanged")
@dataclass(frozen=True, slots=True)
class ConceptChanged:
    """Names, notes, labels, codes or broader concepts were changed by a person."""

    concept_id: int


@fact("vocabulary.ConceptEnded")
@dataclass(frozen=True, slots=True)
class ConceptEnded:
    """The concept is not used any more from a day on; perhaps another took its place."""

    concept_id: int
    replaced_by_id: int | None


@fact("vocabulary.ConceptsImported")
@dataclass(frozen=True, slots=True)
class ConceptsImported:
    batch_id: int
    created: int
    changed: int


@fact("vocabulary.ImportUndone")
@dataclass(frozen=True, slots=True)
class ImportUndone:
    batch_id: int
