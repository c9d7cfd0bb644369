"""The pages of cards: who gets them, what double clicks and stale forms do, and that lists cost what they cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import cards as actions
from nahtstelle.rooms.library.models import Card, CardLeft
from tests.cast import come_in
from tests.rooms.library.cards import brought_out, concept, do, started, study
from tests.rooms.library.stock import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day"), pytest.mark.usefixtures("in_english")]
EN = {"accept-language": "en"}


def address(name: str, *args: object) -> str:
    return reverse(f"library:{name}", args=args or None)


def entries(client: Client, key: str = "klee2021", **typed: object) -> dict:
    """What a browser would send of the card's form, with these fields typed over."""
    form = client.get(address("card-edit", key)).context["form"]
    sent = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in (sent | typed).items() if value not in (None, False)}


@pytest.mark.parametrize("name", ["card", "card-edit", "card-compare"])
def test_a_card_on_its_way_is_for_staff(name: str, client: Client, rita: Account, tariq: Account) -> None:
    started(rita)
    assert come_in(client, rita).get(address(name, "klee2021")).status_code == 200
    assert come_in(client, tariq).get(address(name, "klee2021")).status_code == 403
    client.logout()
    assert client.get(address(name, "klee2021")).status_code == 302


@pytest.mark.parametrize("name", ["cards", "questions"])
def test_lists_are_for_staff(name: str, client: Client, rita: Account, tariq: Account) -> None:
    assert come_in(client, rita).get(address(name)).status_code == 200
    assert come_in(client, tariq).get(address(name)).status_code == 403


def test_a_second_reviewer_without_staff_page_reads_the_card(client: Client, rita: Account, ruth: Account) -> None:
    card = actions.submit(card=started(rita), second=ruth.person, **do(rita))
    words = come_in(client, ruth).get(address("card", "klee2021"), headers=EN).content.decode()
    assert "Agree to this card" in words
    assert card.state == "submitted"


def test_two_clicks_begin_one_card(client: Client, rita: Account) -> None:
    work()
    page = come_in(client, rita).get(address("card-new", "klee2021"))
    sent = {"submission": page.context["form"]["submission"].value()}
    answers = [client.post(address("card-new", "klee2021"), sent) for _twice in range(2)]
    assert [one.headers["Location"] for one in answers] == [address("card-edit", "klee2021")] * 2
    assert Card.objects.count() == 1


def test_a_work_with_a_card_leads_to_it(client: Client, rita: Account) -> None:
    started(rita)
    answer = come_in(client, rita).get(address("card-new", "klee2021"))
    assert answer.headers["Location"] == address("card", "klee2021")


def test_the_form_keeps_all_of_a_card(client: Client, rita: Account) -> None:
    started(rita, particulars={"answers": 310, "mode": "phone", "weighted": True})
    come_in(client, rita).post(address("card-edit", "klee2021"), entries(client, limits="Neu."))
    card = Card.objects.get()
    assert (card.limits, card.particulars) == ("Neu.", {"answers": 310, "mode": "phone", "weighted": True})
    assert [one.key for one in card.concepts.all()] == ["th-sprache"]


def test_years_in_the_wrong_order_come_back_with_one_sentence(client: Client, rita: Account) -> None:
    started(rita)
    answer = come_in(client, rita).post(
        address("card-edit", "klee2021"),
        entries(client, data_from=2020, data_until=2010, limits="Getippt."),
        headers=EN,
    )
    assert answer.status_code == 422
    assert "The last year of the data lies before the first." in answer.content.decode()
    assert "Getippt." in answer.content.decode()


def test_a_finding_that_is_too_long_is_refused_and_kept_in_the_form(client: Client, rita: Account) -> None:
    started(rita)
    answer = come_in(client, rita).post(address("card-edit", "klee2021"), entries(client, finding_de="x" * 401))
    assert (answer.status_code, "x" * 401 in answer.content.decode()) == (422, True)


def test_a_stale_form_keeps_both_and_asks(client: Client, rita: Account, ruth: Account) -> None:
    card = started(rita)
    stale = entries(come_in(client, ruth), finding_de="Von Ruth.")
    actions.save_card(card=card, says={"finding_de": "Von Rita."}, started_from=card.revision, **do(rita))
    page = client.post(address("card-edit", "klee2021"), stale, follow=True, headers=EN).content.decode()
    assert "Von Rita." in page and "Von Ruth." in page
    left = CardLeft.objects.get()
    client.post(address("card-left", "klee2021", left.pk), {"take": "1"})
    assert Card.objects.get().finding_de == "Von Ruth."


def test_what_is_typed_is_kept_by_itself(client: Client, rita: Account) -> None:
    started(rita)
    answer = come_in(client, rita).post(address("card-autosave", "klee2021"), entries(client, limits="Von selbst."))
    card = Card.objects.get()
    assert (card.limits, answer.json()["sent_as"]) == ("Von selbst.", card.revision)


def test_keeping_by_itself_is_refused_where_the_card_is_with_its_reviewer(
    client: Client, rita: Account, ruth: Account
) -> None:
    card = started(rita)
    sent = entries(come_in(client, rita), limits="Zu spät.")
    actions.submit(card=card, second=ruth.person, **do(rita))
    answer = client.post(address("card-autosave", "klee2021"), sent, headers=EN)
    assert (answer.status_code, CardLeft.objects.get().says) == (409, {"limits": "Zu spät."})


def test_the_whole_way_by_two_people(client: Client, rita: Account, ruth: Account) -> None:
    started(rita)
    step = address("card-step", "klee2021")
    page = come_in(client, rita).get(address("card", "klee2021"))
    key = page.context["forms"]["submit"]["submission"].value()
    for _twice in range(2):
        client.post(step, {"step": "submit", "second": ruth.person_id, "words": "Bitte", "submission": key})
    come_in(client, ruth).post(step, {"step": "agree", "revision": Card.objects.get().revision})
    come_in(client, rita).post(step, {"step": "publish", "words": "Erste Ausgabe"})
    client.logout()
    assert "Es hilft." in client.get("/studien/klee2021/").content.decode()


def test_an_unknown_step_is_a_sentence(client: Client, rita: Account) -> None:
    started(rita)
    answer = come_in(client, rita).post(address("card-step", "klee2021"), {"step": "fly"})
    assert answer.status_code == 422


@pytest.mark.parametrize("whose", ["all", "mine", "waiting"])
def test_the_list_is_cut_by_whose_cards_they_are(whose: str, client: Client, rita: Account, ruth: Account) -> None:
    started(rita)
    actions.submit(card=started(rita, of=work("b2020")), second=ruth.person, **do(rita))
    page = come_in(client, ruth).get(address("cards") + f"?wessen={whose}").context["page"]
    assert page.paginator.count == {"all": 2, "mine": 0, "waiting": 1}[whose]


def test_a_list_costs_the_same_for_many_cards(client: Client, rita: Account, ruth: Account) -> None:
    come_in(client, rita)
    numbers = []
    for number in range(4):
        study(rita, ruth, f"s{number}", concept("th-a"))
        with CaptureQueriesContext(connection) as statements:
            client.get(address("cards"))
        numbers.append(len(statements))
    assert numbers[1] == numbers[-1]


def test_what_is_new_is_shown_field_by_field(client: Client, rita: Account, ruth: Account) -> None:
    card = started(rita)
    brought_out(rita, ruth, card)
    actions.save_card(card=card, says={"finding_de": "Es hilft kaum."}, started_from=card.revision, **do(rita))
    words = come_in(client, rita).get(address("card-compare", "klee2021"), headers=EN).content.decode()
    assert "kaum" in words and "<ins>" in words
