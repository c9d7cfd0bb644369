"""What can be done with a saved search in a source, and when; each rule once and as a sentence."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.queries import centre_roles

from ..models import Import, SavedSearch
from .people import LIBRARIANS

FAILURES = 3  # runs one after another, then it pauses


def check_owner(person: Person, *, on: date) -> None:
    """Somebody who may keep the library and can come in answers for what a search brings."""
    account = Account.objects.filter(person=person, is_active=True)
    if not (centre_roles(person, on=on) & frozenset(LIBRARIANS) and account.exists()):
        raise Refusal(_("The owner of a saved search must be somebody who keeps the library."))


def check_question(source: str, address: str, query: dict[str, Any]) -> None:
    if source == SavedSearch.Source.OAI:
        if not address.startswith(("http://", "https://")):
            raise Refusal(_("Please enter the address of the repository's interface, beginning with https://."))
    elif not str(query.get("words", "")).strip():
        raise Refusal(_("Please enter the words to search for."))
    since, until = query.get("since_year"), query.get("until_year")
    if since and until and since > until:
        raise Refusal(_("The last year lies before the first."))


def check_is_tried(search: SavedSearch) -> None:
    """Nothing runs that nobody has seen the first page of."""
    if search.probe.get("state") == "asking":
        raise NotNow(_("The source is just being tried."))
    if search.probe.get("state") != "done":
        raise NotNow(_("The source has not answered to the trial yet. Please try it again, or change the search."))


def check_can_run(search: SavedSearch) -> None:
    check_is_tried(search)
    if search.runs.filter(state__in=[Import.State.FETCHING, Import.State.RUNNING]).exists():
        raise NotNow(_("The source is just being asked."))


def check_can_be_tried(search: SavedSearch) -> None:
    if search.probe.get("state") == "asking":
        raise NotNow(_("The source is just being tried."))


def check_can_pause(search: SavedSearch) -> None:
    if search.paused:
        raise NotNow(_("This search is paused already."))


def check_can_resume(search: SavedSearch, *, on: date) -> None:
    if not search.paused:
        raise NotNow(_("This search is not paused."))
    check_is_tried(search)
    check_owner(search.owner, on=on)


def check_can_be_removed(search: SavedSearch) -> None:
    if search.runs.exists():
        raise NotNow(_("This search has brought records; it can be paused, not removed."))
