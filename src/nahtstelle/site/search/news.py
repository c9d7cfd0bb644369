"""News on saved searches: one letter or notice in each rhythm, with what is new or changed since the last look."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices import kinds
from nahtstelle.register.notices.actions import tell, write_letter
from nahtstelle.register.notices.letters import frame_words, mail_html
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.notices.unsubscribing import one_click

from .asking import asked_by
from .facts import NewsTold
from .index import Found, search
from .links import END, link_to
from .models import SavedSearch
from .presenters.hits import cards
from .presenters.labels import spoken
from .presenters.searches import address
from .readers import PUBLIC, keys_of
from .saving import EVERY

log = logging.getLogger(__name__)

NOTICE = "search.news"
SHOWN = 10
MOST_AT_ONCE = 500
LONGEST_LINK = Notice._meta.get_field("link").max_length

kinds.declare(
    NOTICE, label=_("Saved searches"), sentence=_("%(documents)s new or changed for your search “%(search)s”")
)


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    address: str
    kind: str
    text: str


def tell_news(*, by: Actor, at: datetime) -> int:
    """Look anew at each saved search that is due, and tell what is new; the number of those with news.

    Each is a transaction of its own, so one that fails harms no other.
    """
    told = 0
    due = SavedSearch.objects.filter(confirmed_at__isnull=False, due_at__lte=at).order_by("due_at", "id")
    for pk in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        try:
            told += _look(pk, by=by, at=at)
        except Exception:  # reason: one search that cannot be asked must not keep the others' news back
            log.exception("The saved search %s could not be looked at.", pk)
    return told


def _look(pk: int, *, by: Actor, at: datetime) -> bool:
    with transaction.atomic():
        saved = (
            SavedSearch.objects.select_for_update(of=("self",)).select_related("person__account").filter(pk=pk).first()
        )
        if saved is None or saved.due_at > at:
            return False  # another worker was quicker
        news = _news(saved, at=at)
        if news is not None and news.counted.total:
            _tell(saved, news, by=by, at=at)
            record(NewsTold(saved_id=saved.pk, documents=news.counted.total), by=by, at=at, touched=[saved])
        saved.checked_at, saved.due_at = at, at + EVERY[SavedSearch.Rhythm(saved.rhythm)]
        saved.save(update_fields=["checked_at", "due_at"])
        return bool(news and news.counted.total)


def _news(saved: SavedSearch, *, at: datetime) -> Found | None:
    """What its owner may see today and what changed since the last look; None for a closed account."""
    today = timezone.localdate(at)
    keys = frozenset((PUBLIC,))
    if saved.person is not None:
        account = getattr(saved.person, "account", None)
        if account is None or not account.is_active:
            return None
        keys = keys_of(account, on=today)
    question = asked_by(saved.query).question(keys=keys, language=saved.language, today=today, per_page=SHOWN)
    return search(question.news_since(saved.checked_at))


def _tell(saved: SavedSearch, news: Found, *, by: Actor, at: datetime) -> None:
    number = news.counted.total
    asked = asked_by(saved.query)
    with override(saved.language):
        link, asked_for = address(asked.newest_first()), spoken(asked)
        if saved.person is not None:
            tell(
                person=saved.person, kind=NOTICE, words={"documents": number, "search": asked_for[:200]},
                link=link if len(link) <= LONGEST_LINK else reverse("search:saved"),
                cause=f"saved:{saved.pk}:{at:%Y-%m-%dT%H:%M}", by=by, at=at,
            )  # fmt: skip
            return
        items = [
            Item(hit.page.title, settings.BASE_URL + hit.page.address, card["kicker"], hit.page.lead[:240])
            for hit, card in zip(news.hits, cards(news), strict=True)
        ]
        unsubscribe = link_to(END, saved, at=at)
        words = {
            **frame_words(saved.language, on=timezone.localdate(at)),
            "search": asked_for,
            "items": items,
            "more": number - len(items),
            "all_url": settings.BASE_URL + link,
            "end_url": unsubscribe,
            "rhythm": saved.get_rhythm_display(),
        }
        subject = ngettext("%(n)d new or changed: %(search)s", "%(n)d new or changed: %(search)s", number)
        write_letter(
            key=f"search-news-{saved.pk}-{at:%Y-%m-%dT%H:%M}", to=saved.mail, language=saved.language,
            subject=(subject % {"n": number, "search": asked_for})[:250],
            text=render_to_string("search/letters/news.txt", words), html=mail_html("search/letters/news.mjml", words),
            headers=one_click(unsubscribe),
            by=by, at=at,
        )  # fmt: skip
