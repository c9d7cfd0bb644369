"""Saved searches: news in the inbox, or by e-mail to who confirmed the address; one letter a rhythm, one click to end."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from nahtstelle.register.notices.models import Letter, Notice
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.models import FundingMark, FundingPeriod, Programme
from nahtstelle.site.search import saving
from nahtstelle.site.search.index import write
from nahtstelle.site.search.links import CONFIRM, END, link_to
from nahtstelle.site.search.models import SavedSearch
from nahtstelle.site.search.news import tell_news
from tests.site.search.making import BY, NOW, offer, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
Browser = Callable[..., Client]
LATER = NOW + timedelta(days=8)
MAIL = "leserin@example.org"


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _ask(client: Client, *, q: str = "Zitrone", mail: str = MAIL) -> None:
    answer = client.post(f"/suche/merken/?q={q}", {"mail": mail, "rhythm": "weekly"})
    assert (answer.status_code, answer["Location"]) == (302, "/suche/merken/gefragt/")


def _confirmed(as_: Browser) -> SavedSearch:
    _ask(as_())
    saved = SavedSearch.objects.get()
    saving.confirm(saved, at=timezone.now())
    saved.refresh_from_db()
    return saved


def _news(at: datetime = LATER) -> int:
    return tell_news(by=BY, at=at)


def test_nothing_is_sent_before_the_address_is_confirmed(as_: Browser) -> None:
    _ask(as_())
    write([offer("Zitrone neu", "Zitrone")], at=NOW + timedelta(days=1))
    assert _news() == 0
    assert Letter.objects.count() == 1  # the one that asks


def test_the_link_in_the_letter_asks_and_posting_confirms(as_: Browser) -> None:
    _ask(as_())
    (letter,) = Letter.objects.all()
    link = _path(re.search(r"http\S+", letter.text)[0])  # type: ignore[index] # the letter has a link
    assert as_().get(link).status_code == 200
    assert SavedSearch.objects.get().confirmed_at is None
    assert as_().post(link).status_code == 200
    assert SavedSearch.objects.get().confirmed_at is not None


def test_one_letter_tells_what_is_new_since(as_: Browser) -> None:
    put(offer("Zitrone alt", "Zitrone"), at=NOW - timedelta(days=10))
    _confirmed(as_)
    write([offer("Zitrone neu", "Zitrone"), offer("Apfel", "Apfel")], at=NOW + timedelta(days=1))
    assert _news() == 1
    letter = Letter.objects.get(key__startswith="search-news")
    assert "Zitrone neu" in letter.text
    assert "Zitrone alt" not in letter.text
    assert "Apfel" not in letter.text


def test_the_same_news_are_told_once(as_: Browser) -> None:
    _confirmed(as_)
    write([offer("Zitrone", "Zitrone")], at=NOW + timedelta(days=1))
    assert [_news(), _news(), _news(LATER + timedelta(days=8))] == [1, 0, 0]


def test_before_the_rhythm_has_passed_nothing_is_told(as_: Browser) -> None:
    _confirmed(as_)
    write([offer("Zitrone", "Zitrone")], at=NOW + timedelta(days=1))
    assert _news(NOW + timedelta(days=2)) == 0


def test_an_address_hears_only_what_everybody_may_see(as_: Browser) -> None:
    _confirmed(as_)
    write([offer("Zitrone intern", "Zitrone", keys="staff")], at=NOW + timedelta(days=1))
    assert _news() == 0


def test_one_click_ends_it_and_deletes_the_address(as_: Browser) -> None:
    saved = _confirmed(as_)
    write([offer("Zitrone", "Zitrone")], at=NOW + timedelta(days=1))
    _news()
    header = Letter.objects.get(key__startswith="search-news").headers["List-Unsubscribe"]
    link = _path(header[1:-1])
    assert as_().get(link).status_code == 200
    assert SavedSearch.objects.filter(pk=saved.pk).exists()  # opening alone ends nothing: scanners open every link
    assert Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not SavedSearch.objects.exists()
    assert as_().post(link).status_code == 200  # a second click finds it done


def test_a_link_serves_its_own_purpose_only(as_: Browser) -> None:
    _ask(as_())
    saved = SavedSearch.objects.get()
    token = _path(link_to(END, saved, at=timezone.now())).split("/")[-2]
    assert as_().post(f"/suche/bestaetigen/{token}/").status_code == 409
    assert SavedSearch.objects.get().confirmed_at is None


def test_a_link_that_is_too_old_says_so(as_: Browser) -> None:
    _ask(as_())
    link = _path(link_to(CONFIRM, SavedSearch.objects.get(), at=NOW - timedelta(days=8)))
    assert as_().post(link).status_code == 409


@pytest.mark.parametrize(
    "token",
    ["x", "eyJ:x", Signer(salt="nahtstelle.search.end").sign_object({"s": "x"})],
    ids=["nothing", "unsigned", "signed but of nothing"],
)
def test_a_damaged_link_says_so(as_: Browser, token: str) -> None:
    assert as_().get(f"/suche/abbestellen/{token}/").status_code == 409


def test_nobody_learns_whether_an_address_is_known(as_: Browser) -> None:
    _confirmed(as_)
    _ask(as_())
    assert Letter.objects.count() == 1


def test_nobody_fills_a_mailbox_through_us(as_: Browser) -> None:
    for number in range(6):
        _ask(as_(), q=f"Zitrone{number}")
    assert Letter.objects.count() == saving.MOST_WAITING


def test_what_nobody_confirmed_is_forgotten_after_a_week(as_: Browser) -> None:
    _ask(as_())
    assert saving.forget_unconfirmed(by=BY, at=timezone.now() + timedelta(days=6)) == 0
    assert saving.forget_unconfirmed(by=BY, at=timezone.now() + timedelta(days=8)) == 1


def test_an_empty_search_is_not_saved(as_: Browser) -> None:
    assert as_().get("/suche/merken/").status_code == 422


def test_a_wrong_address_is_said_beside_its_field(as_: Browser) -> None:
    answer = as_().post("/suche/merken/?q=Zitrone", {"mail": "keine", "rhythm": "weekly"})
    assert answer.status_code == 422
    assert not SavedSearch.objects.exists()


def test_an_account_holder_hears_in_the_inbox_of_what_they_may_see(as_: Browser, jana: Account) -> None:
    answer = as_(jana).post("/suche/merken/?q=Zitrone", {"rhythm": "daily"})
    assert answer["Location"] == "/suche/gemerkt/"
    write([offer("Zitrone intern", "Zitrone", keys="staff")], at=NOW + timedelta(hours=1))
    assert _news(NOW + timedelta(days=2)) == 1
    assert Notice.objects.get(person=jana.person).link == "/suche/?q=Zitrone&sort=neu"
    assert not Letter.objects.exists()


def test_news_on_a_very_long_search_lead_to_the_saved_ones(as_: Browser, jana: Account) -> None:
    others = "".join(f"&art={'x' * 90}{number}" for number in range(4))
    as_(jana).post(f"/suche/merken/?q=Zitrone&art=outputs{others}", {"rhythm": "daily"})
    write([offer("Zitrone", "Zitrone")], at=NOW + timedelta(hours=1))
    assert _news(NOW + timedelta(days=2)) == 1
    assert Notice.objects.get(person=jana.person).link == "/suche/gemerkt/"


def test_who_has_left_hears_no_more(as_: Browser, jana: Account) -> None:
    as_(jana).post("/suche/merken/?q=Zitrone", {"rhythm": "daily"})
    jana.is_active = False
    jana.save()
    write([offer("Zitrone", "Zitrone")], at=NOW + timedelta(hours=1))
    assert _news(NOW + timedelta(days=2)) == 0


def test_saving_twice_keeps_one(as_: Browser, jana: Account) -> None:
    for rhythm in ("daily", "weekly"):
        as_(jana).post("/suche/merken/?q=Zitrone&page=3", {"rhythm": rhythm})
    assert SavedSearch.objects.get().rhythm == "weekly"


def test_own_searches_are_listed_and_ended_by_their_owner_only(as_: Browser, jana: Account, tariq: Account) -> None:
    as_(jana).post("/suche/merken/?q=Zitrone", {"rhythm": "daily"})
    saved = SavedSearch.objects.get()
    assert "Zitrone" in as_(jana).get("/suche/gemerkt/").content.decode()
    assert "Zitrone" not in as_(tariq).get("/suche/gemerkt/").content.decode()
    assert as_(tariq).post(f"/suche/gemerkt/{saved.pk}/beenden/").status_code == 404
    assert as_(jana).post(f"/suche/gemerkt/{saved.pk}/beenden/").status_code == 302
    assert not SavedSearch.objects.exists()


def test_the_list_is_for_who_is_signed_in(as_: Browser) -> None:
    assert as_().get("/suche/gemerkt/").status_code in (302, 403)


def test_the_letters_carry_what_funders_ask_for(as_: Browser) -> None:
    programme = Programme.objects.create(key="iq", name_de="IQ", short_name="IQ")
    period = FundingPeriod.objects.create(programme=programme, key="iq-5", name_de="Fünfte", name_en="Fifth")
    FundingMark.objects.create(
        period=period,
        funder_de="Bund",
        text_de="Gefördert durch",
        on_letters=True,
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 12, 31),
    )
    _confirmed(as_)
    write([offer("Zitrone", "Zitrone")], at=NOW + timedelta(days=1))
    _news()
    letters = Letter.objects.all()
    assert len(letters) == 2
    for letter in letters:
        assert "Gefördert durch: Bund" in letter.text
        assert "Gefördert durch" in letter.html


def test_the_number_of_queries_does_not_grow_with_ones_searches(
    as_: Browser, jana: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(jana)
    for number in range(12):
        client.post(f"/suche/merken/?q=Zitrone{number}&programm=iq", {"rhythm": "daily"})
    client.get("/suche/gemerkt/")
    with django_assert_max_num_queries(14):
        client.get("/suche/gemerkt/")
