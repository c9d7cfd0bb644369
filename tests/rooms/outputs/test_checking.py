"""Checks by test readers hold for exactly the words that were read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from lxml.html import document_fromstring

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.rooms.outputs import presenters, queries
from nahtstelle.rooms.outputs.checking import note_check
from nahtstelle.rooms.outputs.models import Output, ReaderCheck
from tests.cast import come_in
from tests.rooms.outputs.making import NOW, TODAY, Cast, act_as, bring_out, draft, kind, published, write

EASY = "de-x-leicht"


def variant(cast: Cast, language: str = EASY, *, title: str = "Leicht") -> Output:
    base = published(cast, title="Original")
    output = draft(cast.emre, title=title, language=language, base=base)
    bring_out(output, cast)
    output.refresh_from_db()
    return output


def check(output: Output, cast: Cast, *, of_edition: bool = True, who: str = "Prüfgruppe", **more: Any) -> ReaderCheck:
    text = output.edition if of_edition and output.edition else output
    return note_check(output, digest=text.digest, who=who, on=more.pop("on", TODAY), **act_as(cast.emre))


def said(output: Output) -> dict[str, Any]:
    output.refresh_from_db()
    shown = presenters.reader_check(output)
    assert shown is not None
    return shown


def test_an_edition_nobody_checked_says_so(cast: Cast) -> None:
    assert said(variant(cast)) == {"checked": False, "words": "Leichte Sprache, not yet checked by test readers"}


def test_a_checked_edition_says_by_whom_and_when(cast: Cast) -> None:
    output = variant(cast)
    check(output, cast)
    assert said(output)["checked"] is True
    assert "Prüfgruppe" in said(output)["words"]


def test_an_edition_with_other_words_is_unchecked_again(cast: Cast) -> None:
    output = variant(cast)
    check(output, cast)
    write(output, cast.emre, body="Andere Wörter.")
    assert said(output)["checked"] is True  # readers still have what was checked
    bring_out(output, cast, at=NOW + timedelta(hours=1))
    shown = said(output)
    assert (shown["checked"], "this edition was not yet checked" in shown["words"]) == (False, True)


def test_a_working_text_checked_before_its_publication_is_published_checked(cast: Cast) -> None:
    output = variant(cast)
    write(output, cast.emre, body="Neue Wörter.")
    output.refresh_from_db()
    check(output, cast, of_edition=False)
    bring_out(output, cast, at=NOW + timedelta(hours=1))
    assert said(output)["checked"] is True


def test_a_new_stand_with_the_same_words_stays_checked(cast: Cast) -> None:
    output = variant(cast)
    check(output, cast)
    write(output, cast.emre, body=output.body, particulars={"stand": TODAY + timedelta(days=1)})
    bring_out(output, cast, at=NOW + timedelta(days=1))
    assert said(output)["checked"] is True


def test_checking_the_same_words_twice_keeps_the_later(cast: Cast) -> None:
    output = variant(cast)
    check(output, cast)
    check(output, cast, who="Andere Gruppe")
    assert [one.who for one in output.reader_checks.all()] == ["Andere Gruppe"]


def test_einfache_sprache_has_a_check_state_too_and_german_has_none(cast: Cast) -> None:
    output = variant(cast, "de-x-einfach")
    assert said(output)["words"].startswith("Einfache Sprache")
    assert output.base is not None and presenters.reader_check(output.base) is None


def test_a_check_stands_in_the_trail(cast: Cast) -> None:
    output = variant(cast)
    check(output, cast)
    assert next(touch.entry.fact for touch in trail_of(output)) == "outputs.CheckedByReaders"


def test_a_check_of_tomorrow_is_refused(cast: Cast) -> None:
    output = variant(cast)
    with pytest.raises(Refusal, match="lies ahead"):
        check(output, cast, on=TODAY + timedelta(days=1))


def test_other_languages_are_not_checked_by_test_readers(cast: Cast) -> None:
    with pytest.raises(NotNow, match="only"):
        check(published(cast), cast)


def test_who_does_not_write_the_text_notes_no_check(cast: Cast) -> None:
    output = variant(cast)
    with pytest.raises(NotYours):
        note_check(output, digest=output.digest, who="X", on=TODAY, **act_as(cast.rita))


def test_the_database_keeps_no_check_without_readers(cast: Cast) -> None:
    output = variant(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderCheck.objects.create(output=output, digest="0", who="", on=TODAY, recorded_at=NOW)


# --- on the pages ----------------------------------------------------------------------------------------------------


def client_of(account: Any) -> Client:
    client = Client()
    come_in(client, account)
    return client


def test_the_form_notes_a_check_once_however_often_it_is_sent(cast: Cast, that_day: None) -> None:
    output = variant(cast)
    url = reverse("outputs:reader-check", args=[output.slug])
    client = client_of(cast.emre)
    page = client.get(url).content.decode()
    key = page.split('name="submission" value="')[1].split('"')[0]
    entries = {"who": "Prüfgruppe", "on": TODAY.isoformat(), "of": output.digest, "submission": key}
    answers = [client.post(url, entries) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert queries.check_of(output, output.edition) is not None  # type: ignore[arg-type] # published above
    assert ReaderCheck.objects.count() == 1


def test_a_form_opened_before_a_save_does_not_vouch_for_the_save(cast: Cast, that_day: None) -> None:
    output = variant(cast)
    write(output, cast.emre, body="Gelesene Wörter.")
    url, client = reverse("outputs:reader-check", args=[output.slug]), client_of(cast.emre)
    page = document_fromstring(client.get(url).content.decode())
    read = page.xpath('//input[@name="of"]/@value')[-1]  # the working text
    write(output, cast.ines, body="Andere Wörter, die niemand las.")
    answer = client.post(url, {"who": "Prüfgruppe", "on": TODAY.isoformat(), "of": read})
    bring_out(output, cast, at=NOW + timedelta(hours=1))
    assert (answer.status_code, said(output)["checked"]) == (422, False)
    assert "Der Text wurde inzwischen geändert." in answer.content.decode()


def test_words_the_text_does_not_have_any_more_are_refused(cast: Cast) -> None:
    output = variant(cast)
    before = output.digest
    write(output, cast.emre, body="Andere Wörter.")
    bring_out(output, cast, at=NOW + timedelta(hours=1))
    with pytest.raises(NotNow, match="changed meanwhile"):
        note_check(output, digest=before, who="X", on=TODAY, **act_as(cast.emre))


def test_a_bad_day_is_said_at_its_field(cast: Cast, that_day: None) -> None:
    output = variant(cast)
    url = reverse("outputs:reader-check", args=[output.slug])
    answer = client_of(cast.emre).post(url, {"who": "X", "on": "2031-01-01", "of": output.digest})
    assert (answer.status_code, "liegt in der Zukunft" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("who", ["rita", "tariq", "stranger"])
def test_the_form_is_closed_to_who_does_not_write(cast: Cast, who: str) -> None:
    output = variant(cast)
    assert client_of(getattr(cast, who)).get(reverse("outputs:reader-check", args=[output.slug])).status_code == 403


def test_readers_see_the_check_on_the_page(cast: Cast) -> None:
    output = variant(cast)
    url = reverse("outputs:output", args=[output.slug])
    before = Client().get(url).content.decode()
    check(output, cast)
    after = Client().get(url).content.decode()
    assert ("noch nicht von Prüfleser*innen geprüft" in before, "geprüft am" in after) == (True, True)


def test_a_stale_variant_names_both_editions_and_links_its_original(cast: Cast) -> None:
    output = variant(cast)
    base = output.base
    assert base is not None
    write(base, cast.emre, body="Neuer Satz.")
    bring_out(base, cast, at=NOW + timedelta(hours=1))
    page = Client().get(reverse("outputs:output", args=[output.slug])).content.decode()
    assert "Der Text folgt Fassung 1 seines Originals; inzwischen gibt es Fassung 2." in page
    assert reverse("outputs:output", args=[base.slug]) in page


def test_the_switch_of_languages_leads_to_the_variant(cast: Cast) -> None:
    base = published(cast, title="Original")
    english = draft(cast.emre, title="Original in English", language="en", base=base)
    url = reverse("outputs:output", args=[base.slug])
    assert f'name="next" value="{url}?a=1"' in Client().get(f"{url}?a=1").content.decode()
    bring_out(english, cast)
    way = reverse("outputs:output", args=[english.slug])
    assert f'name="next" value="{way}"' in Client().get(url).content.decode()


def test_an_editorial_page_is_sent_to_nobody(cast: Cast) -> None:
    """What rooms above offer for a publication, they do not for a page of the site."""
    output = published(cast)
    client, url = client_of(cast.ruth), reverse("outputs:work", args=[output.slug])
    before = client.get(url).content.decode()
    Output.objects.filter(pk=output.pk).update(kind=kind("out-page"))
    after = client.get(url).content.decode()
    assert ("Betroffene benachrichtigen" in before, "Betroffene benachrichtigen" in after) == (True, False)
