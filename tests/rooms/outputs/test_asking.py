"""A draft asks its author what only a person can say; no reader ever meets such a question."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from nahtstelle.plumbing.kit.refusals import NotNow, refused
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.outputs import actions, rules
from nahtstelle.rooms.outputs.asking import ask, open_questions
from nahtstelle.rooms.outputs.models import Output, Step
from tests.cast import come_in
from tests.rooms.outputs.making import NOW, TODAY, Cast, act_as, draft

ASKING = f"## Who is affected\n\n{ask('Which groups?')}\n\n## What to do\n\n### Advisers\n\n{ask('What, until when?')}"
SENTENCE = (
    "The draft still asks 2 questions: “Who is affected: Which groups?”, “Advisers: What, until when?”. "
    "Write each answer over its question, or delete it where it does not apply."
)


def signed_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    come_in(client, account)
    return client


def slipped_in(output: Output) -> Output:
    """A question that came into the text by another way than its editor, behind the rule's back."""
    Output.objects.filter(pk=output.pk).update(body=ASKING)
    output.refresh_from_db()
    return output


@pytest.mark.parametrize(
    "body",
    ["[a link](https://example.org)", "*[a link](https://example.org)*", "**[bold]**", "```\n*[in code]*\n```", "*[]*"],
)
def test_what_only_looks_like_a_question_is_none(body: str) -> None:
    assert open_questions(body) == []


def test_a_question_is_named_with_its_heading() -> None:
    assert [str(one) for one in open_questions(f"{ask('First?')}\n\n## Below ##\n\n- {ask('Second?')} {ask('Third?')}")] == [
        "First?", "Below: Second?", "Below: Third?",
    ]  # fmt: skip


def test_a_draft_that_asks_is_not_submitted_and_the_sentence_counts_and_names(cast: Cast) -> None:
    output = draft(cast.emre, body=ASKING)
    with pytest.raises(NotNow) as refusal:
        actions.submit(output, **act_as(cast.emre))
    assert str(refusal.value) == SENTENCE
    output.refresh_from_db()
    assert (output.progress, output.steps.filter(kind=Step.Kind.SUBMITTED).count()) == ("draft", 0)


def test_one_question_is_one_and_many_are_cut_short(cast: Cast) -> None:
    one = refused(rules.check_may_submit, cast.emre, draft(cast.emre, body=ask("Who?")), on=TODAY)
    assert one.startswith("The draft still asks one question: “Who?”. Write the answer over it")
    many = draft(cast.emre, body="\n\n".join(ask(f"No {n}?") for n in range(11)))
    said = refused(rules.check_may_submit, cast.emre, many, on=TODAY)
    assert "asks 11 questions" in said and "“No 7?” and 3 more." in said and "No 8" not in said


def test_the_sentence_is_german_for_german_readers(cast: Cast) -> None:
    with pytest.raises(NotNow) as refusal:
        rules.check_may_submit(cast.emre, draft(cast.emre, body=ASKING), on=TODAY)
    with override("de"):
        assert str(refusal.value).startswith("Der Entwurf stellt noch 2 Fragen: „Who is affected: Which groups?“, ")


def test_answered_it_is_submitted(cast: Cast) -> None:
    output = draft(cast.emre, body="## Who is affected\n\nPeople with a Duldung.")
    assert actions.submit(output, **act_as(cast.emre)).progress == "in_review"


def test_a_text_that_asks_is_not_signed_off_but_can_be_sent_back(cast: Cast) -> None:
    output = slipped_in(actions.submit(draft(cast.emre), **act_as(cast.emre)))
    with pytest.raises(NotNow, match="asks 2 questions"):
        actions.sign_off(output, revision=output.revision, **act_as(cast.jana))
    assert actions.send_back(output, words="Bitte beantworten.", **act_as(cast.jana)).progress == "draft"


def test_a_text_that_asks_is_not_published(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    output = slipped_in(actions.sign_off(output, revision=output.revision, **act_as(cast.jana)))
    with pytest.raises(NotNow, match="asks 2 questions"):
        actions.publish(output, **act_as(cast.ruth))
    assert output.editions.count() == 0


def test_the_clock_does_not_publish_it_and_says_why(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.jana))
    actions.schedule(output, publish_at=NOW + timedelta(hours=1), **act_as(cast.ruth))
    slipped_in(output)
    assert actions.publish_due(by=cast.emre.actor, at=NOW + timedelta(hours=2)) == 0
    told = Notice.objects.get(person=cast.emre.person, kind="outputs.not-published")
    assert told.words["why"]["en"] == SENTENCE
    assert told.words["why"]["de"].startswith("Der Entwurf stellt noch 2 Fragen")


def test_the_button_is_greyed_with_the_sentence_and_the_view_refuses(cast: Cast) -> None:
    output = draft(cast.emre, body=ASKING)
    emre = signed_in(cast.emre)
    page = emre.get(f"/veroeffentlichungen/werkstatt/{output.slug}/").content.decode()
    assert f'aria-label="Submit for review: {SENTENCE}"' in page
    assert 'value="submit"' not in page
    refused_page = emre.post(f"/veroeffentlichungen/werkstatt/{output.slug}/schritt/", {"step": "submit"})
    assert refused_page.status_code == 409
    assert SENTENCE in refused_page.content.decode()


def test_the_reviewer_finds_signing_off_greyed_and_sending_back_open(cast: Cast) -> None:
    output = slipped_in(actions.submit(draft(cast.emre), **act_as(cast.emre)))
    page = signed_in(cast.jana).get(f"/veroeffentlichungen/werkstatt/{output.slug}/").content.decode()
    assert f'aria-label="Sign this text off: {SENTENCE}"' in page
    assert 'value="sign-off"' not in page and 'value="send-back"' in page
