"""The demo centre's outputs, people and projects: complete, consistent, and marked as invented."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.site.demo_content import FACETS, KINDS, OUTPUTS, REGIONS, ROLES, STAKEHOLDERS, THEMES, listed, output, slugs

NOTE = {"en": "Demo: laws and persons are invented.", "de": "Demo: Gesetze und Personen sind erfunden."}
REQUIRED = frozenset(
    {"slug", "language", "kind", "title", "summary", "stand", "owner", "authors", "audience", "state"}
    | {"funder_release", "programmes", "facets"}
)
OPTIONAL = frozenset({"translation_of", "valid_from", "valid_until", "replaces", "place"})
CITES_A_LAW = re.compile(r"§§?\s*\d+[a-z]?\b[^§\n]*?\bBsp(BPG|BZV|AnerkG|SprachV|LeistG|MobG)\b")
each_output = pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)


def test_there_are_at_least_forty_two_outputs_a_dozen_of_them_english():
    languages = [output(path)[0]["language"] for path in OUTPUTS]
    assert len(languages) >= 42
    assert languages.count("de") >= 30
    assert languages.count("en") >= 12
    assert languages.count("de-x-leicht") == 1
    assert languages.count("de-x-einfach") == 1


def test_slugs_of_outputs_are_unique():
    names = [output(path)[0]["slug"] for path in OUTPUTS]
    assert len(names) == len(set(names))


@each_output
def test_front_matter_is_complete(path: Path):
    front, _ = output(path)
    assert REQUIRED - front.keys() == set()
    assert front.keys() - REQUIRED - OPTIONAL == set()
    assert path.name == f"{front['slug']}.{front['language']}.md"
    assert isinstance(front["stand"], date)
    assert isinstance(front["funder_release"], bool)
    assert front["title"] and front["summary"]


@each_output
def test_front_matter_names_known_ids_only(path: Path):
    front, _ = output(path)
    assert front["kind"] in KINDS
    assert front["audience"] in {"public", "network", "staff"}
    assert front["state"] in {"draft", "in_review", "signed_off", "published", "withdrawn"}
    assert front["facets"].keys() == FACETS.keys()
    unknown = {name: set(front["facets"][name]) - known for name, known in FACETS.items()}
    assert unknown == {name: set() for name in FACETS}
    assert set(front["programmes"]) <= {row["key"] for row in listed("programmes")}


@each_output
def test_owner_and_authors_exist(path: Path):
    front, _ = output(path)
    assert {front["owner"], *front["authors"]} <= slugs("people")


def test_translations_and_successors_point_to_outputs_that_exist():
    fronts = {output(path)[0]["slug"]: output(path)[0] for path in OUTPUTS}
    for front in fronts.values():
        if "translation_of" in front:
            base = fronts[front["translation_of"]]
            assert (base["language"], base["kind"]) == ("de", front["kind"]), front["slug"]
            assert front["language"] != "de"
        if "replaces" in front:
            assert fronts[front["replaces"]]["state"] == "withdrawn"


@each_output
def test_output_has_150_to_900_words_and_says_that_it_is_invented(path: Path):
    front, body = output(path)
    assert 150 <= len(body.split()) <= 900
    assert body.rstrip().endswith(NOTE["en" if front["language"] == "en" else "de"])


@each_output
def test_headings_begin_below_the_title_and_callouts_are_closed(path: Path):
    body = output(path)[1]
    assert re.search(r"^# ", body, re.M) is None
    assert len(re.findall(r"^:::\w", body, re.M)) == len(re.findall(r"^:::$", body, re.M))
    assert set(re.findall(r"^:::(\w+)", body, re.M)) <= {"hinweis", "achtung", "beispiel"}


@each_output
def test_output_cites_an_invented_law(path: Path):
    assert CITES_A_LAW.search(output(path)[1])


@pytest.mark.parametrize("name", ["people", "organisations", "networks", "projects"])
def test_slugs_of_a_list_are_unique(name: str):
    assert len(slugs(name)) == len(listed(name))


def test_mail_goes_to_example_org_only():
    mails = [row["mail"] for name in ("people", "organisations") for row in listed(name)]
    assert [mail for mail in mails if not re.fullmatch(r"[a-z.-]+@([a-z-]+\.)?example\.org", mail)] == []
    assert len(set(mails)) == len(mails)


def test_persons_stand_in_places_that_exist():
    places = {"centre"} | slugs("organisations") | slugs("networks") | slugs("projects")
    for person in listed("people"):
        assert person["organisation"] in slugs("organisations")
        assert person["language"] in {"de", "en"}
        for role in person["roles"]:
            assert role["role"] in ROLES
            assert role["at"] in places
            assert role["from"] < role.get("until", date.max)


def test_persons_ask_for_digests_on_things_that_exist():
    for person in listed("people"):
        interests = person["interests"]
        assert set(interests["themes"]) <= THEMES
        assert set(interests["regions"]) <= REGIONS
        assert set(interests["roles"]) <= ROLES
        assert set(interests["programmes"]) <= {row["key"] for row in listed("programmes")}


def test_the_centre_has_a_dozen_staff_and_the_cast_exists():
    centre = [person for person in listed("people") if any(role["at"] == "centre" for role in person["roles"])]
    assert len(centre) == 12
    cast = {"jana-wolters", "emre-aydin", "ruth-sommerfeld", "tariq-haddad", "marlene-petersen", "sam-okafor"}
    assert cast | {"konrad-lehmbruck"} <= slugs("people")


def test_projects_fit_their_network_programme_and_period():
    networks = {row["slug"]: row for row in listed("networks")}
    periods = {(row["key"], period["key"]): period for row in listed("programmes") for period in row["periods"]}
    for project in listed("projects"):
        network = networks[project["network"]]
        period = periods[project["programme"], project["period"]]
        assert (network["programme"], network["period"]) == (project["programme"], project["period"])
        assert period["from"] <= project["from"] < project["until"] <= period["until"]
        assert project["level"] in period["levels"]
        assert project["traeger"] in slugs("organisations")
        assert project["region"] in REGIONS


def test_organisations_are_of_a_known_kind():
    assert {row["kind"] for row in listed("organisations")} <= STAKEHOLDERS
