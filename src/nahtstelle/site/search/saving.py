"""Saving a search: at once for who has an account, after a look into the mailbox for who has none."""

from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.notices.letters import frame_words, mail_html
from nahtstelle.register.people.models import Person

from .asking import asked_by
from .facts import SearchConfirmed, SearchEnded, SearchSaved
from .links import CONFIRM, link_to
from .models import SavedSearch
from .presenters.labels import spoken

EVERY = {
    SavedSearch.Rhythm.DAILY: timedelta(days=1),
    SavedSearch.Rhythm.WEEKLY: timedelta(days=7),
    SavedSearch.Rhythm.MONTHLY: timedelta(days=30),
}
UNCONFIRMED_KEPT = timedelta(days=7)
MOST_WAITING = 3  # unconfirmed for one address: nobody fills another's mailbox through us
MOST_KEPT = 50  # of one person or address
LONGEST = 2000
WITHOUT_ACCOUNT = system("search")


def check_savable(query: str) -> str:
    """The search as it is kept: its words and filters, in one order.

    Raises ``Refusal`` where it asks for nothing, or too much.
    """
    asked = asked_by(query)
    if asked.is_empty:
        raise Refusal(gettext_lazy("An empty search has no news. Type some words or choose a filter first."))
    kept = asked.lasting().address()
    if len(kept) > LONGEST:
        raise Refusal(gettext_lazy("This search is too long to be saved. Please use fewer words or filters."))
    return kept


def save_for_person(*, person: Person, query: str, rhythm: str, by: Actor, at: datetime) -> SavedSearch:
    """Keep a search for somebody with an account; once more the same only changes how often."""
    query = check_savable(query)
    with transaction.atomic():
        if SavedSearch.objects.filter(person=person).exclude(query=query).count() >= MOST_KEPT:
            raise NotNow(gettext_lazy("You keep fifty searches already; please end one first."))
        saved, new = SavedSearch.objects.get_or_create(
            person=person,
            query=query,
            defaults={"rhythm": rhythm, "language": person.language, "created_at": at, "confirmed_at": at,
                      "checked_at": at, "due_at": at + EVERY[SavedSearch.Rhythm(rhythm)]},
        )  # fmt: skip
        if not new:
            saved.rhythm = rhythm
            saved.due_at = min(saved.due_at, at + EVERY[SavedSearch.Rhythm(rhythm)])
            saved.save(update_fields=["rhythm", "due_at"])
        record(SearchSaved(saved_id=saved.pk), by=by, at=at, touched=[saved])
    return saved


def ask_by_mail(*, mail: str, query: str, rhythm: str, language: str, at: datetime) -> None:
    """Send a letter that asks whether this address really wants news on the search.

    Whatever is known of the address already, the answer on the page is the same: nobody learns who reads what.
    """
    query = check_savable(query)
    with transaction.atomic():
        of_mail = SavedSearch.objects.filter(mail__iexact=mail)
        saved = of_mail.filter(query=query).first()
        waiting = of_mail.filter(confirmed_at=None).exclude(query=query).count()
        if (saved and saved.confirmed_at) or waiting >= MOST_WAITING or of_mail.count() >= MOST_KEPT:
            return
        if saved is None:
            saved = SavedSearch.objects.create(
                mail=mail, language=language, query=query, rhythm=rhythm, created_at=at, checked_at=at,
                due_at=at + EVERY[SavedSearch.Rhythm(rhythm)],
            )  # fmt: skip
            record(SearchSaved(saved_id=saved.pk), by=WITHOUT_ACCOUNT, at=at, touched=[saved])
        with override(saved.language):
            search = spoken(asked_by(query))
            words = {
                **frame_words(saved.language, on=timezone.localdate(at)),
                "search": search,
                "link": link_to(CONFIRM, saved, at=at),
                "days": UNCONFIRMED_KEPT.days,
            }
            # Within an hour only once, however often the form is sent.
            write_letter(
                key=f"search-confirm-{saved.pk}-{at:%Y-%m-%dT%H}", to=mail, language=saved.language,
                subject=_("Please confirm: news on “%s”") % search[:120],
                text=render_to_string("search/letters/confirm.txt", words),
                html=mail_html("search/letters/confirm.mjml", words), by=WITHOUT_ACCOUNT, at=at,
            )  # fmt: skip


def confirm(saved: SavedSearch, *, at: datetime) -> None:
    """The address is theirs and they want it; from now on what changes is news."""
    with transaction.atomic():
        saved = SavedSearch.objects.select_for_update().get(pk=saved.pk)
        if saved.confirmed_at is None:
            saved.confirmed_at = saved.checked_at = at
            saved.due_at = at + EVERY[SavedSearch.Rhythm(saved.rhythm)]
            saved.save(update_fields=["confirmed_at", "checked_at", "due_at"])
            record(SearchConfirmed(saved_id=saved.pk), by=WITHOUT_ACCOUNT, at=at, touched=[saved])


def end(saved: SavedSearch, *, by: Actor, at: datetime) -> None:
    """No more news; nothing of it is kept."""
    with transaction.atomic():
        record(SearchEnded(saved_id=saved.pk), by=by, at=at)
        saved.delete()


def forget_unconfirmed(*, by: Actor, at: datetime) -> int:
    """Addresses that nobody confirmed within a week; their number."""
    return SavedSearch.objects.filter(confirmed_at=None, created_at__lt=at - UNCONFIRMED_KEPT).delete()[0]
