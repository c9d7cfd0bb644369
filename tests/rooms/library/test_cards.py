"""A card from its start to its readers: who may what, and what each step leaves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.rooms.library.actions import cards as actions
from nahtstelle.rooms.library.actions.card_saving import says_of
from nahtstelle.rooms.library.models import Card, CardLeft, Item, Member, Tag, Template
from nahtstelle.rooms.library.queries.studies import published
from nahtstelle.rooms.library.rules import cards as rules
from nahtstelle.rooms.library.templates_of_study import PARTICULARS, shown
from tests.rooms.library.cards import AT, WHOLE, brought_out, concept, do, started
from tests.rooms.library.stock import member, review, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def facts(name: str) -> list[dict]:
    return [entry.payload for entry in Entry.objects.filter(fact=f"library.{name}").order_by("id")]


# --- beginning -------------------------------------------------------------------------------------------------------


def test_whoever_begins_a_card_is_its_reviewer(rita: Account) -> None:
    card = actions.start_card(work=work(), review=None, **do(rita))
    assert (card.reviewer, card.state, card.second) == (rita.person, "draft", None)


def test_facets_accepted_on_the_work_stand_in_the_card(rita: Account) -> None:
    study = work()
    for key, state in (("th-a", "accepted"), ("th-b", "proposed"), ("th-c", "refused")):
        decided = None if state == "proposed" else AT
        Tag.objects.create(work=study, concept=concept(key), state=state, decided_at=decided)
    card = actions.start_card(work=study, review=None, **do(rita))
    assert [one.key for one in card.concepts.all()] == ["th-a"]


def test_a_work_has_one_card(rita: Account, ruth: Account) -> None:
    study = work()
    actions.start_card(work=study, review=None, **do(rita))
    with pytest.raises(NotNow, match="already"):
        actions.start_card(work=study, review=None, **do(ruth))


def test_a_merged_work_is_not_assessed(rita: Account) -> None:
    with pytest.raises(NotNow, match="merged"):
        actions.start_card(work=work("b2020", merged_into=work()), review=None, **do(rita))


@pytest.mark.parametrize("who", ["jana", "tariq", "sam"])
def test_who_does_not_keep_the_library_begins_none(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        actions.start_card(work=work(), review=None, **do(request.getfixturevalue(who)))


def test_the_team_of_a_review_assesses_what_is_in_its_pool(tariq: Account) -> None:
    """Tariq has no role at the centre."""
    inside, outside, of = work(), work("b2020"), review()
    member(of, tariq.person)
    Item.objects.create(review=of, work=inside, place=0, added_at=AT)
    assert actions.start_card(work=inside, review=of, **do(tariq)).review == of
    with pytest.raises(Refusal, match="pool"):
        actions.start_card(work=outside, review=of, **do(tariq))


def test_who_left_the_team_assesses_nothing(tariq: Account) -> None:
    study, of = work(), review()
    member(of, tariq.person)
    Item.objects.create(review=of, work=study, place=0, added_at=AT)
    Member.objects.update(valid_until=(AT - timedelta(days=1)).date())
    with pytest.raises(NotYours):
        actions.start_card(work=study, review=of, **do(tariq))


def test_who_has_left_the_centre_reads_and_writes_no_more(rita: Account) -> None:
    card = started(rita)
    CentreRole.objects.update(valid_until=(AT - timedelta(days=1)).date())
    with pytest.raises(NotYours):
        rules.check_may_see(rita, card, on=AT.date())
    with pytest.raises(NotYours):
        save(card, rita, card.revision, limits="x")
    with pytest.raises(NotYours):
        actions.withdraw(card=card, words="x", **do(rita))


# --- writing ---------------------------------------------------------------------------------------------------------


def save(card: Card, who: Account, started_from: int, **says: object) -> actions.Saved:
    return actions.save_card(card=card, says=says, started_from=started_from, **do(who))


def test_two_people_at_different_fields_lose_nothing(rita: Account, ruth: Account) -> None:
    card = started(rita)
    began = card.revision
    save(card, rita, began, method="Telefonisch")
    saved = save(card, ruth, began, limits="Auch nur Städte.")
    card.refresh_from_db()
    assert (card.method, card.limits, saved.merged, saved.left) == ("Telefonisch", "Auch nur Städte.", True, None)


def test_two_people_at_one_field_keep_both(rita: Account, ruth: Account) -> None:
    card = started(rita)
    began = card.revision
    save(card, rita, began, finding_de="Von Rita.")
    saved = save(card, ruth, began, finding_de="Von Ruth.", limits="Neu.")
    card.refresh_from_db()
    assert saved.left is not None
    assert (card.finding_de, card.limits, saved.left.says) == ("Von Rita.", "Neu.", {"finding_de": "Von Ruth."})


def test_words_that_were_left_can_take_their_place(rita: Account, ruth: Account) -> None:
    card = started(rita)
    began = card.revision
    save(card, rita, began, finding_de="Von Rita.")
    left = save(card, ruth, began, finding_de="Von Ruth.").left
    assert left is not None
    actions.settle_left(left=left, take=True, **do(ruth))
    card.refresh_from_db()
    assert (card.finding_de, CardLeft.objects.filter(settled_at=None).count()) == ("Von Ruth.", 0)


def test_only_their_author_decides_on_words_that_were_left(rita: Account, ruth: Account) -> None:
    card = started(rita)
    began = card.revision
    save(card, rita, began, finding_de="Von Rita.")
    left = save(card, ruth, began, finding_de="Von Ruth.").left
    assert left is not None
    with pytest.raises(NotYours):
        actions.settle_left(left=left, take=False, **do(rita))


def test_typing_on_after_a_merge_takes_nothing_back(rita: Account, ruth: Account) -> None:
    """Ruth's form does not show what Rita wrote; her next save goes on from what she sent."""
    card = started(rita)
    began = card.revision
    save(card, rita, began, method="Telefonisch")
    whole = says_of(started_card := Card.objects.get(pk=card.pk)) | {"method": WHOLE["method"]}
    first = save(started_card, ruth, began, **whole | {"limits": "Eins."})
    save(started_card, ruth, first.sent_as, **whole | {"limits": "Eins. Zwei."})
    card.refresh_from_db()
    assert (card.method, card.limits) == ("Telefonisch", "Eins. Zwei.")


def test_what_is_typed_while_the_card_goes_to_its_reviewer_is_kept(rita: Account, ruth: Account, emre: Account) -> None:
    card = started(rita)
    began = card.revision
    actions.submit(card=card, second=ruth.person, **do(rita))
    with pytest.raises(NotNow):
        save(card, emre, began, limits="Zu spät.")
    assert CardLeft.objects.get().says == {"limits": "Zu spät."}


def test_the_same_save_twice_is_one(rita: Account) -> None:
    card = started(rita)
    save(card, rita, card.revision, limits="Neu.")
    again = save(card, rita, card.revision, limits="Neu.")
    assert (again.merged, again.left, Card.objects.get().limits) == (False, None, "Neu.")


def test_an_answer_nobody_asked_for_is_refused(rita: Account) -> None:
    card = started(rita)
    with pytest.raises(Refusal, match="No kind of study"):
        save(card, rita, card.revision, particulars={"evil": "1"})


def test_answers_outlast_a_change_of_the_kind(rita: Account) -> None:
    card = started(rita, particulars={"answers": 310})
    saved = save(card, rita, card.revision, template="legal")
    assert shown("legal", saved.card.particulars) == []
    back = save(card, rita, saved.revision, template="survey")
    assert [answer for _label, answer in shown("survey", back.card.particulars)] == [310]


def test_every_kind_of_study_has_particulars() -> None:
    assert set(PARTICULARS) == set(Template.values)
    names = [[one.name for one in several] for several in PARTICULARS.values()]
    assert all(len(several) == len(set(several)) for several in names)


# --- four eyes -------------------------------------------------------------------------------------------------------


def test_the_second_reviewer_has_a_duty_and_is_told(rita: Account, ruth: Account) -> None:
    actions.submit(card=started(rita), second=ruth.person, words="Bitte", **do(rita))
    duty = Duty.objects.get(kind="library.second-card")
    assert (duty.owner, duty.state) == (ruth.person, "open")
    assert Notice.objects.filter(person=ruth.person, kind="library.card-given").count() == 1


def test_agreeing_settles_the_duty(rita: Account, ruth: Account) -> None:
    card = actions.submit(card=started(rita), second=ruth.person, **do(rita))
    actions.second(card=card, revision=card.revision, **do(ruth))
    assert Duty.objects.get(kind="library.second-card").state == "settled"


def test_taking_back_drops_the_duty(rita: Account, ruth: Account) -> None:
    card = actions.submit(card=started(rita), second=ruth.person, **do(rita))
    assert actions.send_back(card=card, **do(rita)).state == "draft"
    assert Duty.objects.get(kind="library.second-card").state == "dropped"


def test_the_second_reviewer_sends_back_with_words(rita: Account, ruth: Account) -> None:
    card = actions.submit(card=started(rita), second=ruth.person, **do(rita))
    with pytest.raises(Refusal, match="what is to be changed"):
        actions.send_back(card=card, **do(ruth))
    actions.send_back(card=card, words="Die Grenzen fehlen.", **do(ruth))
    step = card.steps.first()
    assert step is not None and (step.kind, step.words) == ("sent_back", "Die Grenzen fehlen.")
    assert Notice.objects.filter(person=rita.person, kind="library.card-step").count() == 1


def test_nobody_seconds_their_own_card(rita: Account) -> None:
    with pytest.raises(Refusal, match="somebody else"):
        actions.submit(card=started(rita), second=rita.person, **do(rita))


def test_who_wrote_in_the_card_does_not_second_it(rita: Account, ruth: Account) -> None:
    card = started(rita)
    save(card, ruth, card.revision, limits="Von Ruth.")
    with pytest.raises(Refusal, match="wrote in this card"):
        actions.submit(card=card, second=ruth.person, **do(rita))


@pytest.mark.parametrize("who", ["jana", "tariq"])
def test_only_who_keeps_the_library_is_asked(who: str, rita: Account, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refusal, match="cannot be asked"):
        actions.submit(card=started(rita), second=request.getfixturevalue(who).person, **do(rita))


def test_only_the_one_who_was_asked_agrees(rita: Account, ruth: Account, emre: Account) -> None:
    card = actions.submit(card=started(rita), second=ruth.person, **do(rita))
    for other in (rita, emre):
        with pytest.raises(NotYours):
            actions.second(card=card, revision=card.revision, **do(other))


def test_agreeing_is_to_what_was_read(rita: Account, ruth: Account) -> None:
    card = actions.submit(card=started(rita), second=ruth.person, **do(rita))
    with pytest.raises(NotNow, match="changed while"):
        actions.second(card=card, revision=card.revision - 1, **do(ruth))


def test_the_database_refuses_two_eyes(rita: Account) -> None:
    card = started(rita)
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.filter(pk=card.pk).update(second=rita.person)


def test_the_database_refuses_a_review_without_reviewer(rita: Account) -> None:
    card = started(rita)
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.filter(pk=card.pk).update(state="submitted")


def test_everything_that_is_missing_is_named_at_once(rita: Account, ruth: Account) -> None:
    card = started(rita, method="", limits="", finding_de="", finding_en="", concepts=[])
    with pytest.raises(NotNow) as refusal:
        actions.submit(card=card, second=ruth.person, **do(rita))
    for words in ("the method", "the limits", "the finding", "a facet"):
        assert words in str(refusal.value)


def test_one_language_of_the_finding_is_enough(rita: Account, ruth: Account) -> None:
    card = started(rita, finding_de="")
    assert actions.submit(card=card, second=ruth.person, **do(rita)).state == "submitted"


# --- readers ---------------------------------------------------------------------------------------------------------


def test_readers_have_a_card_only_after_all_steps(rita: Account, ruth: Account) -> None:
    card = started(rita)
    card = actions.submit(card=card, second=ruth.person, **do(rita))
    with pytest.raises(NotNow):
        actions.publish(card=card, **do(rita))
    assert not published().exists()
    card = actions.second(card=card, revision=card.revision, **do(ruth))
    edition = actions.publish(card=card, **do(rita))
    assert list(published()) == [edition]
    assert (edition.reviewed_by, edition.seconded_by) == ("Rita", "Ruth")
    assert facts("CardPublished")[-1]["changed"] is False


def test_readers_keep_their_edition_while_the_next_is_written(rita: Account, ruth: Account) -> None:
    card = started(rita)
    edition = brought_out(rita, ruth, card)
    save(card, rita, card.revision, finding_de="Es hilft doch nicht.", strength=2)
    card.refresh_from_db()
    assert (card.state, list(published()), edition.finding_de) == ("draft", [edition], "Es hilft.")


@pytest.mark.parametrize(
    ("says", "changed"),
    [({"finding_de": "Anders."}, True), ({"strength": 1}, True), ({"limits": "Mehr Grenzen."}, False)],
)
def test_a_new_edition_says_whether_finding_or_strength_changed(
    says: dict, changed: bool, rita: Account, ruth: Account
) -> None:
    card = started(rita)
    brought_out(rita, ruth, card)
    card = save(card, rita, card.revision, **says).card
    edition = brought_out(rita, ruth, card, at=AT + timedelta(days=1), note="Nachgeprüft")
    assert (edition.number, facts("CardPublished")[-1]["changed"]) == (2, changed)


def test_nothing_new_is_no_edition(rita: Account, ruth: Account) -> None:
    card = started(rita)
    brought_out(rita, ruth, card)
    card.refresh_from_db()
    with pytest.raises(NotNow, match="Nothing has changed"):
        actions.submit(card=card, second=ruth.person, **do(rita))


def test_a_withdrawn_card_has_no_readers_even_when_taken_up(rita: Account, ruth: Account) -> None:
    card = started(rita)
    brought_out(rita, ruth, card)
    with pytest.raises(Refusal, match="why"):
        actions.withdraw(card=card, words=" ", **do(rita))
    actions.withdraw(card=card, words="Studie verwechselt", **do(rita))
    assert (published().exists(), len(facts("CardWithdrawn"))) == (False, 1)
    card = actions.take_up(card=card, **do(rita))
    assert (card.state, published().exists(), card.editions.count()) == ("draft", False, 1)


@pytest.mark.parametrize("who", ["jana", "tariq", "sam"])
def test_others_neither_write_nor_publish_nor_withdraw(
    who: str, rita: Account, ruth: Account, request: pytest.FixtureRequest
) -> None:
    other, card = request.getfixturevalue(who), started(rita)
    with pytest.raises(NotYours):
        save(card, other, card.revision, limits="x")
    card = actions.submit(card=card, second=ruth.person, **do(rita))
    card = actions.second(card=card, revision=card.revision, **do(ruth))
    with pytest.raises(NotYours):
        actions.publish(card=card, **do(other))
    with pytest.raises(NotYours):
        actions.withdraw(card=card, words="x", **do(other))
