"""Whether the public sees a work, and who is in the team of a review that has it."""

from datetime import date

from ..models import CardEdition, FullText, Item, Member, Work


def seen_by_public(work: Work) -> bool:
    """A work with a published card stands in the reading room."""
    return CardEdition.objects.filter(card__work=work, card__state="published").exists()


def in_team_of(work: Work, *, person: int, on: date) -> bool:
    """Whether the person belongs, on that day, to the team of a review in whose pool the work is."""
    reviews = Item.objects.filter(work=work, left_out=False).values("review")
    return Member.objects.on(on).filter(person=person, review__in=reviews).exists()


def texts_of(work: Work) -> list[FullText]:
    return list(work.full_texts.select_related("added_by__person", "file").defer("text").order_by("pk"))
