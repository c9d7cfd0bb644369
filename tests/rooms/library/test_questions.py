"""A gap that is taken up: somebody owns it, owes it, and it ends with words."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Account, Person
from nahtstelle.rooms.library.actions.questions import change_question, close_question, take_up_gap
from nahtstelle.rooms.library.models import OpenQuestion
from tests.cast import come_in
from tests.rooms.library.cards import AT, concept, do

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DUE = date(2027, 3, 1)


def taken(by: Account, owner: Account) -> OpenQuestion:
    concepts = [concept("th-a"), concept("gr-a", "group")]
    return take_up_gap(
        kind="research", words="Was hilft?", why="", concepts=concepts, owner=owner.person, due=DUE, **do(by)
    )


def test_its_owner_has_a_duty_and_is_told(rita: Account, jana: Account) -> None:
    question = taken(rita, jana)
    duty = Duty.objects.get(kind="library.answer-question")
    assert (duty.owner, duty.due, duty.link) == (jana.person, DUE, reverse("library:question", args=[question.pk]))
    assert Notice.objects.filter(person=jana.person).count() == 1


def test_who_takes_it_up_for_themselves_is_not_told(rita: Account) -> None:
    taken(rita, rita)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("state", "duty"), [("answered", "settled"), ("dropped", "dropped")])
def test_it_ends_with_words(state: str, duty: str, rita: Account) -> None:
    question = taken(rita, rita)
    with pytest.raises(Refusal, match="write the answer"):
        close_question(question=question, state=state, answer=" ", **do(rita))
    closed = close_question(question=question, state=state, answer="Siehe klee2021.", **do(rita))
    assert (closed.state, Duty.objects.get().state) == (state, duty)
    with pytest.raises(NotNow):
        close_question(question=question, state=state, answer="Noch einmal.", **do(rita))


def test_a_new_owner_gets_the_duty(rita: Account, jana: Account) -> None:
    question = taken(rita, rita)
    change_question(question=question, words="Was hilft?", why="", owner=jana.person, due=DUE, **do(rita))
    assert [(one.owner, one.state) for one in Duty.objects.order_by("id")] == [
        (rita.person, "dropped"), (jana.person, "open"),
    ]  # fmt: skip


def test_it_is_given_to_nobody_without_an_account(rita: Account) -> None:
    nobody = Person.objects.create(slug="niemand", name="Niemand")
    with pytest.raises(Refusal, match="no account"):
        take_up_gap(kind="research", words="x", why="", concepts=[], owner=nobody, due=DUE, **do(rita))


def test_a_day_that_has_passed_is_refused(rita: Account) -> None:
    yesterday = (AT - timedelta(days=1)).date()
    with pytest.raises(Refusal, match="passed"):
        take_up_gap(kind="research", words="x", why="", concepts=[], owner=rita.person, due=yesterday, **do(rita))


@pytest.mark.parametrize("who", ["jana", "tariq"])
def test_who_does_not_keep_the_library_takes_none_up(who: str, rita: Account, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        taken(request.getfixturevalue(who), rita)


@pytest.mark.usefixtures("that_day")
def test_taking_up_from_the_map(client: Client, rita: Account) -> None:
    concept("th-a"), concept("gr-a", "group")
    page = come_in(client, rita).get("/bibliothek/fragen/neu/?f=th-a&f=gr-a")
    assert "th-a" in page.content.decode()
    entries = {"kind": "agenda", "words": "Was hilft?", "owner": rita.person_id, "due": "2027-03-01",
               "submission": page.context["form"]["submission"].value()}  # fmt: skip
    for _twice in range(2):
        answer = client.post("/bibliothek/fragen/neu/?f=th-a&f=gr-a", entries)
    question = OpenQuestion.objects.get()
    assert answer.headers["Location"] == reverse("library:question", args=[question.pk])
    assert question.concepts.count() == 2


@pytest.mark.usefixtures("that_day")
def test_readers_see_that_a_gap_was_taken_up_and_not_by_whom(client: Client, rita: Account, ruth: Account) -> None:
    from tests.rooms.library.cards import study  # reason: only here are there studies

    taken(rita, ruth)
    study(rita, ruth, "s", concept("th-b"), concept("gr-a", "group"))
    words = client.get("/studien/karte/?zeige=luecken", headers={"accept-language": "en"}).content.decode()
    assert "taken up as a question" in words
    assert "Was hilft?" not in words
    assert client.get(f"/bibliothek/fragen/{OpenQuestion.objects.get().pk}/").status_code == 302
    assert "Was hilft?" in come_in(client, rita).get("/bibliothek/fragen/").content.decode()


@pytest.mark.usefixtures("that_day")
def test_a_form_that_is_refused_comes_back_with_what_was_typed(client: Client, rita: Account) -> None:
    concept("th-a")
    entries = {"kind": "research", "words": "Meine Frage", "owner": rita.person_id, "due": "2020-01-01"}
    answer = come_in(client, rita).post("/bibliothek/fragen/neu/?f=th-a", entries)
    assert (answer.status_code, "Meine Frage" in answer.content.decode()) == (422, True)
