"""The read API: the same rights as the pages, clear problems, cheap to ask again, a bounded number of questions."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from nahtstelle.rooms.law.models import Law, Provision
from nahtstelle.rooms.outputs.models import Authorship, Output
from nahtstelle.site.feeds.api import interface
from tests.rooms.outputs.making import TODAY, Cast, bring_out, concept, draft, published, ready, take_in, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture(autouse=True)
def _fresh_pace() -> None:
    cache.clear()


def get(path: str, client: Client | None = None, **how: Any) -> Any:
    answer = (client or Client()).get(f"/api/v1/{path}", **how)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json; charset=utf-8"), answer.content
    return answer.json()


def slugs(client: Client | None = None, query: str = "") -> list[str]:
    return [one["slug"] for one in get(f"outputs{query}", client)["items"]]


# --- the same rights as the pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["nobody", "stranger", "tariq", "rita", "ruth", "emre"])
@pytest.mark.parametrize("audience", ["public", "network", "staff"])
def test_everybody_sees_what_their_pages_show(
    who: str, audience: str, people: Cast, as_: Callable[..., Client]
) -> None:
    output = published(people, title="Handreichung")
    Output.objects.update(audience=audience)
    client = Client() if who == "nobody" else as_(getattr(people, who))
    page = client.get(f"/veroeffentlichungen/{output.slug}/").status_code
    assert client.get(f"/api/v1/outputs/{output.slug}").status_code == page
    assert slugs(client) == ([output.slug] if page == 200 else [])
    may = audience == "public" or who in ("ruth", "rita", "emre") or (who, audience) == ("tariq", "network")
    assert page == (200 if may else 404)


def test_a_draft_and_the_working_text_are_not_told(people: Cast, as_: Callable[..., Client]) -> None:
    draft(people.emre, title="Nur Entwurf")
    published(people, title="Handreichung")
    Output.objects.update(title="geheim", summary="geheim", body="geheim")
    for client in (Client(), as_(people.ruth)):
        said = json.dumps([get("outputs", client), get("outputs/handreichung", client)])
        assert "Handreichung" in said and "geheim" not in said


def test_what_was_withdrawn_is_gone(people: Cast) -> None:
    published(people, title="Handreichung")
    assert slugs() == ["handreichung"]
    Output.objects.update(state=Output.State.WITHDRAWN)
    assert slugs() == []
    assert Client().get("/api/v1/outputs/handreichung").status_code == 404


def test_a_variant_that_is_not_public_is_not_named(people: Cast) -> None:
    base = published(people, title="Original")
    bring_out(draft(people.emre, title="Variante", language="en", base=base), people)
    assert [one["slug"] for one in get("outputs/original")["variants"]] == ["variante-en"]
    Output.objects.filter(slug="variante-en").update(audience="staff")
    assert get("outputs/original")["variants"] == []


def test_no_person_is_given_out_but_the_authors(people: Cast) -> None:
    published(people, title="Handreichung")
    said = json.dumps(get("outputs/handreichung"))
    assert "Emre" in said and "example.org" not in said and "Ruth" not in said


# --- content ---------------------------------------------------------------------------------------------------------


def test_a_text_comes_as_markdown_and_html_with_its_citations(people: Cast) -> None:
    take_in("ProbeG", {"§ 1": ["(1) Drei Monate."]}, on=TODAY)
    published(people, title="Fristen", body="## Kapitel\n\nNach § 1 Absatz 1 ProbeG **bald**.")
    said = get("outputs/fristen")
    assert said["markdown"].startswith("## Kapitel")
    assert "<strong>bald</strong>" in said["html"]
    (cited,) = said["citations"]
    provision = Provision.objects.get()
    assert (cited["law"], cited["section"], cited["part"]) == ("ProbeG", "1", "/A1/")
    assert cited["url"] == f"http://localhost:8000/recht/gesetze/probeg/norm/{provision.pk}/"
    assert (said["authors"], said["stand"], said["edition"]) == (["Emre"], "2026-11-23", 1)


def test_the_banner_travels_with_list_and_text(people: Cast) -> None:
    take_in("ProbeG", {"§ 1": ["(1) Drei Monate."]}, on=TODAY - timedelta(days=9))
    published(people, title="Fristen", body="Nach § 1 ProbeG.")
    assert get("outputs/fristen")["warnings"] == []
    take_in("ProbeG", {"§ 1": ["(1) Zwei Monate."]}, on=TODAY)
    for said in (get("outputs")["items"][0], get("outputs/fristen")):
        assert [one["title"] for one in said["warnings"]] == ["Das Recht hat sich geändert"]
        assert said["state"] == "under_review"


def test_a_list_is_narrowed_as_the_page_is(people: Cast) -> None:
    published(people, title="Sprachkurse", body="Deutsch lernen.").concepts.add(concept("th-sprache", "theme"))
    published(people, title="Arbeit", language="en")
    assert sorted(slugs()) == ["arbeit-en", "sprachkurse"]
    assert (slugs(query="?f=th-sprache"), slugs(query="?l=en"), slugs(query="?q=lernen")) == (
        ["sprachkurse"], ["arbeit-en"], ["sprachkurse"]
    )  # fmt: skip
    assert len(slugs(query="?q=%00&f=%00&p=%00")) == 2  # as on the page: a NUL says nothing


def test_a_list_is_paged_and_leads_on(people: Cast) -> None:
    for number in range(1, 6):
        ready(number=number, owner=people.jana.person)
    seen, address = [], "/api/v1/outputs?per_page=2"
    while address:
        said = Client().get(address).json()
        seen += [one["slug"] for one in said["items"]]
        address = (said["next"] or "").removeprefix("http://localhost:8000")
    assert len(seen) == len(set(seen)) == said["count"] == 5
    beyond = get("outputs?per_page=2&page=99")
    assert (beyond["items"], beyond["next"], beyond["previous"][-6:]) == ([], None, "page=3")


def test_law_is_told_with_its_certainty() -> None:
    for days, words in ((60, "Drei Monate."), (20, "Zwei Monate.")):
        take_in("ProbeG", {"§ 1": [f"(1) {words}"]}, on=TODAY - timedelta(days=days))
    law, provision = Law.objects.get(), Provision.objects.get()
    between = TODAY - timedelta(days=40)
    said = get(f"laws/probeg/provisions/{provision.pk}?on={between}")
    assert (said["certainty"], said["text"]) == ("unknown", "(1) Drei Monate.")
    assert (said["last_seen"], said["next_seen"]) == (
        str(TODAY - timedelta(days=60)), str(TODAY - timedelta(days=20))
    )  # fmt: skip
    assert said["certainty_sentence"].startswith("Für diesen Tag nicht")
    before = get(f"laws/probeg/provisions/{provision.pk}?on=1999-01-01")
    assert (before["certainty"], before["text"]) == ("before", None)
    assert get("laws/probeg")["contents"] == [
        {"id": provision.pk, "designation": "§ 1", "title": "Titel § 1", "repealed": False}
    ]
    assert [one["citation"] for one in get("laws?q=probe")["items"]] == [law.citation]
    (change,) = get("changes?law=probeg")["items"]
    assert (change["kind"], change["provision"]) == ("amended", provision.pk)
    assert Client().get("/api/v1/changes?law=nein").status_code == 404


def test_names_follow_the_language(people: Cast) -> None:
    made = published(people, title="Handreichung")
    made.kind.name_en = "Guidance"
    made.kind.save()
    names = [get("outputs/handreichung", headers={"accept-language": code})["kind"]["name"] for code in ("de", "en")]
    assert names == ["out-guidance", "Guidance"]


# --- manners ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("outputs/gibt-es-nicht", 404), ("outputs/a%00b", 422), ("outputs?page=0", 422), ("outputs?page=x", 422),
        ("outputs?per_page=1000", 422), ("outputs?sort=zufall", 422), ("laws/nein", 404), ("laws/nein/provisions/0", 422),
        ("laws/nein/provisions/99999999999999999999", 422), ("changes?since=gestern", 422), ("projects?programme=nein", 404),
        ("concepts/nein", 404), ("gibtesnicht", 404), ("outputs/a/b/c", 404),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_a_problem_with_a_sentence(path: str, status: int) -> None:
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    said = answer.json()
    assert said["status"] == status and said["detail"].endswith(".")
    assert ("errors" in said) is (status == 422)


def test_nothing_can_be_written() -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)("/api/v1/outputs").status_code == 405


def test_an_unchanged_answer_is_not_sent_again(people: Cast) -> None:
    published(people, title="Handreichung")
    first = Client().get("/api/v1/outputs/handreichung")
    again = Client().get("/api/v1/outputs/handreichung", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, first["Last-Modified"]) == (304, b"", "Mon, 23 Nov 2026 09:00:00 GMT")
    Output.objects.update(valid_until=TODAY - timedelta(days=1))
    changed = Client().get("/api/v1/outputs/handreichung", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_an_answer_is_kept_by_no_one_for_somebody_else() -> None:
    answer = Client().get("/api/v1/outputs")
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert "Access-Control-Allow-Origin" not in answer


def test_who_asks_too_fast_is_told_to_wait(people: Cast, as_: Callable[..., Client], monkeypatch: Any) -> None:
    (pace,) = interface.api.throttle if isinstance(interface.api.throttle, list) else [interface.api.throttle]
    monkeypatch.setattr(pace, "num_requests", 3)
    answers = [Client().get("/api/v1/programmes") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json" and int(answers[-1]["Retry-After"]) > 0
    assert as_(people.ruth).get("/api/v1/programmes").status_code == 200  # a person has a pace of their own


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_manual_names_every_question(language: str) -> None:
    page = Client().get("/api/v1/", headers={"accept-language": language}).content.decode()
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) == 15
    assert [path for path in paths if f"GET {path}</code>" not in page] == []


def test_variants_behind_their_originals_take_no_questions_of_their_own(
    people: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        base = published(people, title=f"Original {number}")
        bring_out(draft(people.emre, title=f"Variant {number}", language="en", base=base), people)
        write(base, people.emre, body="Neuer Satz.")
        bring_out(base, people)
    with django_assert_max_num_queries(6):
        found = get("outputs")
    assert sum(bool(one["warnings"]) for one in found["items"]) == 6


def test_an_author_who_is_named_otherwise_is_named_so(people: Cast) -> None:
    output = published(people, title="Text")
    Authorship.objects.update_or_create(
        output=output, person=people.emre.person, defaults={"credit": "E. aus Hannover"}
    )
    assert get("outputs/text")["authors"] == ["E. aus Hannover"]


def test_questions_to_the_database_do_not_grow(people: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 21):
        ready(number=number, owner=people.jana.person)
    take_in("ProbeG", {f"§ {n}": ["(1) Eins."] for n in range(1, 30)}, on=TODAY - timedelta(days=9))
    take_in("ProbeG", {f"§ {n}": ["(1) Zwei."] for n in range(1, 30)}, on=TODAY)
    for path, most in {
        "outputs": 6, "laws": 4, "laws/probeg": 8, "changes": 4, "concepts": 4, "programmes": 5, "projects": 4,
    }.items():  # fmt: skip
        with django_assert_max_num_queries(most):
            get(path)
