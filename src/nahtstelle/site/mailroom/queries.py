"""Asking about incoming mail."""

from django.db.models import Count, Q, QuerySet

from nahtstelle.register.people.models import Person

from .models import BY_PERSONS, Mail

OPEN = Q(closed_at__isnull=True)


def views_for(person: Person) -> dict[str, Q]:
    """The views of the inbox."""
    closed = ~OPEN
    return {
        "open": OPEN,
        "mine": OPEN & Q(assigned_to=person),
        "closed": closed & Q(kind__in=BY_PERSONS),
        "automatic": closed & Q(kind=Mail.Kind.AUTOMATIC),
        "spam": closed & Q(kind=Mail.Kind.SPAM),
    }


def mails(which: Q, words: str = "") -> QuerySet[Mail]:
    found = Mail.objects.filter(which).select_related("assigned_to").annotate(attached=Count("files"))
    for word in words.replace("\x00", "").split():
        found = found.filter(
            Q(subject__icontains=word)
            | Q(from_address__icontains=word)
            | Q(from_name__icontains=word)
            | Q(text__icontains=word)
        )
    return found.order_by("-received_at", "-id")


def counts(person: Person) -> dict[str, int]:
    """How many mails each view holds, in one query."""
    return Mail.objects.aggregate(**{name: Count("pk", filter=which) for name, which in views_for(person).items()})
