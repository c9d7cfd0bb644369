"""What can happen to the vocabulary."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("vocabulary.VocabularyLoaded", says=_("The platform's vocabulary was brought in"))
@dataclass(frozen=True, slots=True)
class VocabularyLoaded:
    """The platform's own data files were brought in."""

    created: int
    changed: int
    ended: int


@fact("vocabulary.ConceptAdded", says=_("Concept added"))
@dataclass(frozen=True, slots=True)
class ConceptAdded:
    concept_id: int


@fact("vocabulary.ConceptChanged", says=_("Concept changed"))
@dataclass(frozen=True, slots=True)
class ConceptChanged:
    """Names, notes, labels, codes or broader concepts were changed by a person."""

    concept_id: int


@fact("vocabulary.ConceptEnded", says=_("Last day of a concept set"))
@dataclass(frozen=True, slots=True)
class ConceptEnded:
    """The concept is not used any more from a day on; perhaps another took its place. Or it is used again."""

    concept_id: int
    replaced_by_id: int | None


@fact("vocabulary.ImportPrepared", says=_("A file was prepared for import"))
@dataclass(frozen=True, slots=True)
class ImportPrepared:
    batch_id: int


@fact("vocabulary.ConceptsImported", says=_("Imported: %(created)s concepts new, %(changed)s changed"))
@dataclass(frozen=True, slots=True)
class ConceptsImported:
    batch_id: int
    created: int
    changed: int


@fact("vocabulary.ImportUndone", says=_("Import undone"))
@dataclass(frozen=True, slots=True)
class ImportUndone:
    batch_id: int


@fact("vocabulary.ConceptMapped", says=_("A concept was mapped to another vocabulary"))
@dataclass(frozen=True, slots=True)
class ConceptMapped:
    concept_id: int
    theirs_id: int
    relation: str


@fact("vocabulary.MappingRemoved", says=_("A mapping to another vocabulary was removed"))
@dataclass(frozen=True, slots=True)
class MappingRemoved:
    concept_id: int
    theirs_id: int
