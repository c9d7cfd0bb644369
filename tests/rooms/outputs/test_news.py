"""New since: studies that fit a dossier and became public after its Stand."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from nahtstelle.register.notices.models import Notice
from nahtstelle.rooms.library.models import CardEdition
from nahtstelle.rooms.outputs import news
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outputs.words import NEWS_NOTICE
from tests.cast import come_in
from tests.rooms.library.stock import published_card, work
from tests.rooms.outputs.making import BY, NOW, Cast, concept, published

LATER = NOW + timedelta(days=3)


def study(cast: Cast, key: str, *concepts: str, at: Any = LATER) -> CardEdition:
    made = published_card(
        work(key), cast.rita, cast.emre, at=at, finding_de=f"Befund {key}", finding_en=f"Finding {key}"
    ).edition
    assert made is not None
    made.concepts.set([concept(key, "theme" if key.startswith("th") else "group") for key in concepts])
    return made


def dossier(cast: Cast, *concepts: str, body: str = "Satz.", **more: Any) -> Output:
    output = published(cast, of="out-dossier", body=body, **more)
    output.concepts.set([concept(key, "theme" if key.startswith("th") else "group") for key in concepts])
    return output


def keys(output: Output) -> list[str]:
    found = news.of_dossier(Output.objects.select_related("edition", "kind").get(pk=output.pk))
    return sorted(row["key"] for row in found["rows"]) if found else []


def test_new_is_what_fits_every_facet_came_after_the_stand_and_is_not_cited(cast: Cast) -> None:
    study(cast, "neu2026", "th-a", "gr-b")
    study(cast, "zitiert2026", "th-a", "gr-b")
    study(cast, "alt2020", "th-a", "gr-b", at=NOW - timedelta(days=30))
    study(cast, "anderes2026", "th-a")
    assert keys(dossier(cast, "th-a", "gr-b", body="Eins [@zitiert2026].")) == ["neu2026"]


def test_a_dossier_without_facets_has_no_news(cast: Cast) -> None:
    study(cast, "neu2026", "th-a")
    assert keys(dossier(cast)) == []


def test_a_card_that_was_only_revised_is_not_new(cast: Cast) -> None:
    first = study(cast, "alt2020", "th-a", at=NOW - timedelta(days=30))
    again = CardEdition.objects.create(
        card=first.card, number=2, stand=LATER.date(), reviewed_by="R", seconded_by="S", published_at=LATER
    )
    again.concepts.set(first.concepts.all())
    first.card.edition = again
    first.card.save()
    assert keys(dossier(cast, "th-a")) == []


def test_readers_see_it_only_where_the_owner_wants_it(cast: Cast, client: Client) -> None:
    study(cast, "neu2026", "th-a")
    output = dossier(cast, "th-a")
    page = reverse("outputs:output", args=[output.slug])
    assert b"Befund neu2026" not in client.get(page).content
    Output.objects.filter(pk=output.pk).update(shows_news=True)
    assert b"Befund neu2026" in client.get(page).content
    come_in(client, cast.emre)
    Output.objects.filter(pk=output.pk).update(shows_news=False)
    assert b"neu2026" in client.get(reverse("outputs:work", args=[output.slug])).content


def test_the_owner_is_told_once_of_all_that_came(cast: Cast) -> None:
    output = dossier(cast, "th-a", owner=cast.rita.person)
    assert news.tell_owners(by=BY, at=NOW) == 0
    study(cast, "eins2026", "th-a"), study(cast, "zwei2026", "th-a")
    assert [news.tell_owners(by=BY, at=LATER + timedelta(hours=n)) for n in (1, 2)] == [1, 0]
    told = Notice.objects.get(kind=NEWS_NOTICE)
    assert told.person == cast.rita.person and told.words["title"] == output.title
    assert "eins2026" in told.words["studies"] and "zwei2026" in told.words["studies"]
    study(cast, "drei2026", "th-a", at=LATER + timedelta(days=1))
    assert news.tell_owners(by=BY, at=LATER + timedelta(days=2)) == 1
    assert "eins2026" not in Notice.objects.filter(kind=NEWS_NOTICE).latest("pk").words["studies"]
