"""A database whose disk is full, in earnest: a sentence, nothing changed, and the same form is taken once there is room."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.outputs import actions
from nahtstelle.rooms.outputs.models import Output, Save
from nahtstelle.site.refusals import is_full
from tests.rooms.outputs.making import act_as, draft

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Ein langer Satz über das Aufenthaltsrecht. " * 6000


@contextmanager
def full_disk() -> Iterator[None]:
    """From now on the database may not grow by one page. SQLite's own refusal is PostgreSQL's own, each raised by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # pages that other tests left free would still be room
            (before,) = cursor.execute("PRAGMA max_page_count").fetchone()
            cursor.execute("PRAGMA max_page_count = 1")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA max_page_count = {before}")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING "
            "ERRCODE = '53100', MESSAGE = 'could not extend file: No space left on device'; END $$"
        )
        cursor.execute("CREATE TRIGGER full_disk BEFORE INSERT ON outputs_save EXECUTE FUNCTION full_disk()")
        try:
            yield
        finally:
            cursor.execute("DROP TRIGGER full_disk ON outputs_save; DROP FUNCTION full_disk()")


def test_what_the_database_says_is_known(emre: Account) -> None:
    output = draft(emre)
    text = {"title": output.title, "summary": "", "body": LONG}
    with full_disk(), pytest.raises(OperationalError) as trouble:
        actions.save(output, started_from=1, text=text, **act_as(emre))
    assert is_full(trouble.value)
    assert not is_full(OperationalError("no such table: x"))


def test_a_text_that_finds_no_room_is_refused_in_a_sentence_and_taken_later(
    emre: Account, as_: Callable[..., Client]
) -> None:
    output = draft(emre)
    browser = as_(emre, headers={"accept-language": "en"})
    address = f"/veroeffentlichungen/werkstatt/{output.slug}/schreiben/"
    entered = {"title": output.title, "summary": "", "body": LONG, "started_from": "1"}
    with full_disk():
        refused = browser.post(address, entered)
    page = refused.content.decode()
    assert (refused.status_code, "The disk of the server is full. Nothing was changed" in page) == (507, True)
    output.refresh_from_db()
    assert (output.revision, output.body, Save.objects.filter(output=output).count()) == (1, "Ein Satz.", 1)
    assert browser.post(address, entered).status_code == 302
    output.refresh_from_db()
    assert (output.revision, output.body.strip()) == (2, LONG.strip())


def test_reading_goes_on(emre: Account, as_: Callable[..., Client]) -> None:
    output = draft(emre)
    browser = as_(emre)
    with full_disk():
        assert browser.get(f"/veroeffentlichungen/werkstatt/{output.slug}/").status_code == 200
    assert transaction.get_autocommit() and Output.objects.count() == 1
