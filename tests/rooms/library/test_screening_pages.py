"""The pages of a review: who may open them, what they tell, and what becomes of forms."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.plumbing.files.actions import keep
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import looks, ranking
from nahtstelle.rooms.library.models import Decision, FullText, Item, Member, Review, Stage
from nahtstelle.rooms.library.urls.reviews import urlpatterns
from tests.cast import come_in
from tests.rooms.library import stock
from tests.rooms.library.screening import Room, room

pytestmark = pytest.mark.django_db
ARGS = {"stage": "titel", "place": 0, "pk": 1, "ending": "ris"}
POSTED_ONLY = {"review-step"}


@pytest.fixture(autouse=True)
def _english(settings: object) -> None:
    ranking.forget_learners()
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined] # pytest-django's own object


@pytest.fixture
def double(emre: Account, tariq: Account, ruth: Account) -> Room:
    made = room(judges=2)
    stock.team_of(made.review, lead=emre, screener=tariq, resolver=ruth)
    made.reason()
    return made


@pytest.fixture
def enter(client: Client) -> Callable[[Account], Client]:
    def come(somebody: Account) -> Client:
        made = come_in(Client(headers={"accept-language": "en"}), somebody)
        return made

    return come


def address(made: Room, name: str, **args: object) -> str:
    return reverse(f"library:{name}", kwargs={"slug": made.review.slug, **args})


def pages(made: Room) -> list[str]:
    """Every address of the review, for a work that is there."""
    text = FullText.objects.create(
        work=made.items[0].work, name="a.pdf", rights=FullText.Rights.REVIEW, added_at=made.at,
        file=keep(b"%PDF", media_type="application/pdf", at=made.at),
    )  # fmt: skip
    found = []
    for pattern in urlpatterns:
        named = [name for name in ("stage", "place", "pk", "ending") if f":{name}>" in str(pattern.pattern)]
        if ":slug>" in str(pattern.pattern) and pattern.name not in POSTED_ONLY:
            found.append(
                address(made, pattern.name, **{name: ARGS[name] if name != "pk" else text.pk for name in named})
            )
    return found


def test_every_page_opens_for_who_leads(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    double.says(emre, 0, "include", note="Mit Vergleichsgruppe")
    double.says(emre, 1, "exclude")
    somebody = enter(emre)
    answers = {url: somebody.get(url).status_code for url in pages(double)}
    leading_on = {address(double, "conflict", stage="titel", place=0), address(double, "screen-back", stage="titel")}
    assert {url: code for url, code in answers.items() if code != 200} == dict.fromkeys(leading_on, 302)


def test_no_page_opens_for_a_stranger(double: Room, stranger: Account, enter: Callable[[Account], Client]) -> None:
    somebody = enter(stranger)
    assert {somebody.get(url).status_code for url in pages(double)} == {403}


def test_no_page_opens_for_nobody(double: Room, client: Client) -> None:
    assert {client.get(url).status_code for url in pages(double)} == {302}  # to the door


def test_a_member_without_a_role_sees_this_review_and_no_other(
    double: Room, tariq: Account, enter: Callable[[Account], Client]
) -> None:
    other = room(judges=1, slug="andere")
    somebody = enter(tariq)
    assert somebody.get(address(double, "review")).status_code == 200
    assert somebody.get(address(other, "review")).status_code == 403
    assert other.review.title in str(enter(stock_reader(other)).get(reverse("library:reviews")).content.decode())
    listed = somebody.get(reverse("library:reviews") + "?welche=alle").context["page"].object_list
    assert [one.slug for one in listed] == [double.review.slug]


def stock_reader(made: Room) -> Account:
    """Somebody with a role at the centre, who may see every review."""
    from tests.cast import account  # reason: made only where it is asked for

    return account("Ida", role="researcher")


def test_staff_outside_the_team_look_but_change_nothing(
    double: Room, jana: Account, enter: Callable[[Account], Client]
) -> None:
    somebody = enter(jana)
    assert somebody.get(address(double, "review-log")).status_code == 200
    for name in ("review-edit", "review-criteria", "review-team", "review-close", "review-sources", "review-priors"):
        assert somebody.get(address(double, name)).status_code == 403
    assert somebody.get(address(double, "screen", stage="titel")).status_code == 403
    assert somebody.post(address(double, "review-step"), {"open": "1"}).status_code == 403


def answer(somebody: Client, made: Room, verdict: str, **more: object) -> object:
    """Opens the next work and presses a button, as a browser without script does."""
    page = somebody.get(address(made, "screen", stage="titel"))
    data = {
        "place": page.context["item"].place,
        "seen": page.context["form"]["seen"].value(),
        "verdict": verdict,
        **more,
    }
    return somebody.post(address(made, "screen", stage="titel"), data)


def test_an_answer_leads_to_the_next_work(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    somebody = enter(emre)
    first = somebody.get(address(double, "screen", stage="titel")).context["item"]
    response = answer(somebody, double, "include", note="Passt gut")
    after = somebody.get(response.url).context["item"]  # type: ignore[attr-defined] # a redirect
    line = Decision.objects.get()
    assert (line.item, line.verdict, line.note, after != first) == (first, "include", "Passt gut", True)


def test_a_form_sent_twice_is_one_answer(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    somebody = enter(emre)
    place = somebody.get(address(double, "screen", stage="titel")).context["item"].place
    for _ in range(2):
        assert (
            somebody.post(
                address(double, "screen", stage="titel"), {"place": place, "seen": 0, "verdict": "include"}
            ).status_code
            == 302
        )
    assert Decision.objects.count() == 1


def test_a_stale_page_keeps_what_was_typed(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    somebody = enter(emre)
    double.says(emre, 0, "include")
    data = {"place": 0, "seen": 0, "verdict": "exclude", "note": "Doch nicht: nur Schulkinder."}
    response = somebody.post(address(double, "screen", stage="titel"), data)
    assert (response.status_code, "in another window" in response.content.decode()) == (409, True)
    assert "Doch nicht: nur Schulkinder." in response.content.decode()
    assert Decision.objects.count() == 1
    again = {**data, "seen": response.context["form"]["seen"].value()}
    assert somebody.post(address(double, "screen", stage="titel"), again).status_code == 302
    assert double.items[0].decisions.get(newest=True).verdict == "exclude"


def test_a_membership_ended_in_mid_work_keeps_what_was_typed(
    double: Room, tariq: Account, enter: Callable[[Account], Client]
) -> None:
    somebody = enter(tariq)
    place = somebody.get(address(double, "screen", stage="titel")).context["item"].place
    Member.objects.filter(person=tariq.person).update(valid_until=double.at.date() - timedelta(days=3))
    data = {"place": place, "seen": 0, "verdict": "include", "note": "Wichtig wegen der Stichprobe."}
    response = somebody.post(address(double, "screen", stage="titel"), data)
    assert response.status_code == 403
    text = response.content.decode()
    assert ("ended on" in text, "Wichtig wegen der Stichprobe." in text) == (True, True)


def test_the_other_ones_answer_is_told_nowhere_before_both_are_in(
    double: Room, emre: Account, tariq: Account, enter: Callable[[Account], Client]
) -> None:
    double.says(emre, 0, "maybe", note="Geheimtipp Vergleichsgruppe")
    own = enter(emre).get(address(double, "review-work", place=0)).content.decode()
    assert "Geheimtipp" in own  # it could leak
    somebody = enter(tariq)
    before = {url: str(somebody.get(url).getvalue()) for url in pages(double)}
    assert [url for url, text in before.items() if "Geheimtipp" in text] == []
    Decision.objects.update(verdict="exclude")
    ranking.forget_learners()
    # Were it another answer, not a letter of what the other one sees would be different.
    FullText.objects.all().delete()
    after = {url: str(somebody.get(url).getvalue()) for url in pages(double)}
    assert [url for url in before if without_tokens(before[url]) != without_tokens(after.get(url, before[url]))] == []


def without_tokens(text: str) -> str:
    import re  # reason: only here

    return re.sub(r'value="[A-Za-z0-9-]{36,64}"|nonce-\S+|\d\d:\d\d|volltexte/\d+', "", text)


def test_what_the_other_one_said_is_shown_when_both_are_in(
    double: Room, emre: Account, tariq: Account, enter: Callable[[Account], Client]
) -> None:
    double.says(emre, 0, "include", note="Geheimtipp")
    double.says(tariq, 0, "exclude")
    assert "Geheimtipp" in enter(tariq).get(address(double, "conflict", stage="titel", place=0)).content.decode()


def test_later_puts_a_work_behind_the_others(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    somebody = enter(emre)
    url = address(double, "screen", stage="titel")
    first = somebody.get(url).context["item"].place
    somebody.post(url, {"place": first, "put-off": "1"})
    assert somebody.get(url).context["item"].place != first


def test_back_leads_to_the_last_work_and_then_further(
    double: Room, emre: Account, enter: Callable[[Account], Client]
) -> None:
    somebody = enter(emre)
    double.says(emre, 2, "include")
    double.says(emre, 4, "exclude")
    last = somebody.get(address(double, "screen-back", stage="titel"), follow=True)
    further = somebody.get(last.context["back_url"], follow=True)
    assert (last.context["item"].place, further.context["item"].place) == (4, 2)


def test_words_of_the_team_are_set_off(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    Review.objects.update(words=[{"word": "arbeit", "speaks": "for"}, {"word": "wett*", "speaks": "against"}])
    somebody = enter(emre)
    texts = [
        somebody.get(address(double, "screen-work", stage="titel", place=place)).content.decode() for place in (0, 1)
    ]
    assert '<mark class="lib-mark lib-mark--for">Arbeit</mark>' in texts[0]
    assert '<mark class="lib-mark lib-mark--against">Wetter</mark>' in texts[1]


def test_markup_in_a_title_is_text(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    work = double.items[0].work
    work.title, work.abstract = "<script>alert(1)</script> Arbeit", "<img src=x onerror=alert(1)> Arbeit"
    work.save()
    Review.objects.update(words=[{"word": "Arbeit", "speaks": "for"}])
    text = enter(emre).get(address(double, "screen-work", stage="titel", place=0)).content.decode()
    assert ("<script>alert" in text, "<img src=x" in text) == (False, False)


def test_a_conflict_is_settled_on_its_page(
    double: Room, emre: Account, tariq: Account, ruth: Account, enter: Callable[[Account], Client]
) -> None:
    double.says(emre, 0, "include")
    double.says(tariq, 0, "exclude")
    somebody = enter(ruth)
    url = address(double, "conflict", stage="titel", place=0)
    assert somebody.post(url, {"verdict": "include", "note": ""}).status_code == 422
    assert somebody.post(url, {"verdict": "include", "note": "Gemeinsam gelesen."}).status_code == 302
    assert double.outcome(0) == "included"


def test_a_review_is_begun_and_opened(emre: Account, tariq: Account, enter: Callable[[Account], Client]) -> None:
    somebody = enter(emre)
    data = {
        "title": "Zugang zu Arbeit", "question": "Was hilft?", "judges": 1, "second_share": 10, "target": 90, "confidence": 95,
        "words_for": "arbeit*\n\n arbeit*", "words_against": "", "submission": "7a0f3f63-5a70-4f0a-9d37-3a70c7b1a0aa",
    }  # fmt: skip
    first = somebody.post(reverse("library:review-new"), data)
    assert somebody.post(reverse("library:review-new"), data).url == first.url  # type: ignore[attr-defined] # redirects
    review = Review.objects.get()
    assert (review.words, review.target_recall, review.members.get().person) == (
        [{"word": "arbeit*", "speaks": "for"}],
        0.9,
        emre.person,
    )
    step = reverse("library:review-step", args=[review.slug])
    assert somebody.post(step, {"open": "1"}).status_code == 409
    for excludes, words in (("0", "Erwachsene"), ("1", "falsche Gruppe")):
        somebody.post(reverse("library:review-criteria", args=[review.slug]), {"excludes": excludes, "words": words})
    works = [stock.work(f"w{n}") for n in range(3)]
    somebody.post(reverse("library:review-add-works", args=[review.slug]), {"work": [one.pk for one in works]})
    somebody.post(
        reverse("library:review-team", args=[review.slug]),
        {"person": tariq.person_id, "role": "screener", "valid_from": "2020-01-01"},
    )
    assert somebody.post(step, {"open": "1"}).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.items.count()) == ("screening", 3)


def test_a_copy_for_the_review_is_for_its_team_only(
    double: Room, tariq: Account, jana: Account, enter: Callable[[Account], Client]
) -> None:
    url = next(url for url in pages(double) if "volltexte" in url)
    assert (enter(tariq).get(url).status_code, enter(jana).get(url).status_code) == (200, 403)


def test_contradicting_labels_are_told_and_neither_is_taken(
    double: Room, emre: Account, enter: Callable[[Account], Client]
) -> None:
    keys = [item.work.citekey for item in double.items]
    table = f"key;label\n{keys[0]};1\n{keys[1]};0\n{keys[0]};0\nunbekannt;1\n{keys[2]};vielleicht\n{keys[3]};jein\n{keys[4]};\n"
    somebody = enter(emre)
    url = address(double, "review-labels")
    page = somebody.post(url, {"table": SimpleUploadedFile("alt.csv", table.encode()), "whose": "known"})
    text = page.content.decode()
    assert "contradicts line" in text and "neither is taken" in text
    preview = page.context["preview"]
    assert (preview["told"], preview["number"], preview["unlabelled"], Decision.objects.count()) == (2, 3, 1, 0)
    for _ in range(2):  # sent twice
        somebody.post(url, {"signed": preview["signed"]})
    assert [(line.item.place, line.verdict, line.prior) for line in Decision.objects.order_by("number")] == [
        (1, "exclude", True),
        (2, "maybe", True),
    ]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a;b\n1;2\n", b"title;label"])
def test_a_table_that_is_none_is_refused_in_a_sentence(
    double: Room, emre: Account, enter: Callable[[Account], Client], content: bytes
) -> None:
    page = enter(emre).post(
        address(double, "review-labels"), {"table": SimpleUploadedFile("alt.csv", content), "whose": "known"}
    )
    assert page.status_code == 422


def test_a_preview_somebody_made_up_is_refused(double: Room, emre: Account, enter: Callable[[Account], Client]) -> None:
    assert enter(emre).post(address(double, "review-labels"), {"signed": "abc"}).status_code == 422


def test_a_sample_is_drawn_and_says_what_it_means(emre: Account, enter: Callable[[Account], Client]) -> None:
    made = room(judges=1, works=20)
    stock.team_of(made.review, lead=emre)
    for place in range(5):
        made.says(emre, place, "include" if place < 3 else "exclude")
    somebody = enter(emre)
    url = address(made, "review-stopping")
    assert somebody.post(url, {"size": 99}).status_code == 422
    assert somebody.post(url, {"size": 15}).status_code == 302
    while (place := made.offered(emre)) is not None:
        made.says(emre, place, "exclude")
    text = somebody.get(url).content.decode()
    assert "at least 100.0 per cent" in text and "95 per cent confidence" in text


def test_the_screening_page_takes_the_same_statements_whatever_the_size(
    emre: Account, enter: Callable[[Account], Client]
) -> None:
    counts = []
    for slug, works in (("klein", 5), ("gross", 50)):
        made = room(judges=1, works=works, slug=slug)
        stock.team_of(made.review, lead=emre)
        somebody = enter(emre)
        somebody.get(address(made, "screen", stage="titel"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            somebody.get(address(made, "screen", stage="titel"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_lists_take_the_same_statements_whatever_their_length(
    emre: Account, ruth: Account, tariq: Account, enter: Callable[[Account], Client]
) -> None:
    counts = []
    for slug, works in (("klein", 3), ("gross", 30)):
        made = room(judges=2, works=works, slug=slug)
        stock.team_of(made.review, lead=emre, screener=tariq, resolver=ruth)
        for place in range(works):
            made.says(emre, place, "include")
            made.says(tariq, place, "exclude" if place % 2 else "include")
        somebody = enter(emre)
        for name in (
            "review",
            "review-works",
            "conflicts",
            "review-log",
            "review-results",
            "review-flow",
            "review-stopping",
            "review-agreement",
        ):
            with CaptureQueriesContext(connection) as seen:
                somebody.get(address(made, name))
            counts.append((name, len(seen)))
    half = len(counts) // 2
    assert counts[:half] == counts[half:]


def test_the_included_works_go_out_in_every_format(
    double: Room, emre: Account, enter: Callable[[Account], Client]
) -> None:
    Item.objects.filter(pk=double.items[0].pk).update(title_outcome="included", full_outcome="included")
    somebody = enter(emre)
    for ending in ("ris", "bib", "json", "csv", "xml"):
        text = b"".join(somebody.get(address(double, "review-export", ending=ending)).streaming_content).decode()
        assert ("0. Arbeit" in text, "1. Wetter" in text) == (True, False)
    assert somebody.get(address(double, "review-export", ending="exe")).status_code == 404


def test_a_look_is_only_for_who_leads(double: Room, tariq: Account, enter: Callable[[Account], Client]) -> None:
    assert enter(tariq).post(address(double, "review-stopping"), {"size": 2}).status_code == 403
    assert looks.open_look(double.review) is None and Stage.TITLE
