"""The demo centre as it opens: complete, nothing stuck, and a past that people could have made."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db.models import F

from nahtstelle.plumbing.ledger.models import Delivery, Entry
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.models import Bounce, Letter
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.models import Engagement, Network, Project
from nahtstelle.rooms.law.models import Act, Law, PlannedChange, Reading
from nahtstelle.rooms.outputs.models import Citation, Edition, Impact, Output, Wave
from nahtstelle.rooms.outreach.models import Dispatch, MailedAnswer, Recipient
from nahtstelle.site.demo.content_files import law_files, output_files, read_list
from nahtstelle.site.demo.touring import PERSONAS
from nahtstelle.site.mailroom.models import Mail, MailFile
from tests.site.demo_centre import _no_files_left, centre  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("centre")]
NOVEMBER = date(2026, 11, 16)


def test_everything_in_the_files_is_there() -> None:
    assert {
        "outputs": Output.objects.count(),
        "readings": Reading.objects.count(),
        "laws": Law.objects.count(),
        "people": Person.objects.count(),
        "accounts": Account.objects.count(),
        "organisations": Organisation.objects.count(),
        "networks": Network.objects.filter(key__in=[row["slug"] for row in read_list("networks.yaml")]).count(),
        "projects": Project.objects.count(),
        "acts": Act.objects.count(),
        "dispatches": Dispatch.objects.count(),
    } == {
        "outputs": len(output_files()),
        "readings": len(list(law_files())),
        "laws": 6,
        "people": len(read_list("people.yaml")),
        "accounts": len(read_list("people.yaml")),
        "organisations": len(read_list("organisations.yaml")),
        "networks": len(read_list("networks.yaml")),
        "projects": len(read_list("projects.yaml")),
        "acts": len(read_list("story/acts.yaml")),
        "dispatches": len(read_list("story/dispatches.yaml")),
    }


def test_every_output_stands_where_its_file_says() -> None:
    published = {
        Output.State.PUBLISHED: "published",
        Output.State.UNDER_REVIEW: "published",
        Output.State.WITHDRAWN: "withdrawn",
    }
    stands = {output.slug: published.get(output.state) or output.progress for output in Output.objects.all()}
    assert stands == {file.slug: file.state for file in output_files()}


def test_nothing_is_undelivered() -> None:
    left = Delivery.objects.exclude(state=Delivery.State.DONE)
    assert [(one.reaction, one.error[-200:]) for one in left] == []


def test_every_citation_of_a_published_text_is_resolved() -> None:
    unknown = Citation.objects.filter(published=True, provision=None)
    assert [(one.output.slug, one.words) for one in unknown] == []
    assert Citation.objects.filter(published=True).count() > 200


def test_everybody_who_works_somewhere_does_so_in_a_programme() -> None:
    without = Engagement.objects.filter(programme=None).count()
    assert (without, Engagement.objects.count() > 40) == (0, True)


def test_every_persona_has_an_account() -> None:
    slugs = [persona.slug for persona in PERSONAS]
    assert Account.objects.filter(person__slug__in=slugs).count() == len(slugs) == 7


def test_nobody_has_a_password() -> None:
    assert [account.mail for account in Account.objects.all() if account.has_usable_password()] == []


def test_every_edition_was_seen_by_four_eyes() -> None:
    unseen = Edition.objects.filter(reviewed_by=None) | Edition.objects.filter(reviewed_by=F("submitted_by"))
    assert unseen.count() == 0


def test_what_needed_a_release_has_one() -> None:
    assert Edition.objects.filter(output__needs_release=True, released_by=None).count() == 0


def test_of_the_older_waves_exactly_two_reviews_are_overdue() -> None:
    open_ = Duty.objects.filter(state=Duty.State.OPEN, due__lt=NOVEMBER).select_related("owner")
    owing = sorted((duty.owner.slug, duty.due) for duty in open_ if duty.owner)
    assert owing == [("ayse-demir", date(2026, 9, 21)), ("emre-aydin", date(2026, 9, 21))]
    older = Impact.objects.filter(wave__opened_at__date__lt=NOVEMBER, settled_at=None)
    assert sorted(older.values_list("output__slug", flat=True)) == [
        "konzept-uebergang-schule-beruf", "recognition-in-nursing",
    ]  # fmt: skip


def test_what_is_overdue_was_brought_to_the_head() -> None:
    brought = Duty.objects.filter(state=Duty.State.OPEN, escalated_to__slug="ruth-sommerfeld")
    assert brought.count() == 2


def test_the_waves_of_november_are_open_with_two_answers() -> None:
    waves = Wave.objects.filter(reading__first_seen=NOVEMBER)
    answered = Impact.objects.filter(wave__in=waves).exclude(outcome="").values_list("output__slug", "outcome")
    assert sorted(waves.values_list("law__citation", flat=True)) == ["BspBPG", "BspBZV"]
    assert sorted(answered) == [
        ("empfehlung-frauen-laendlicher-raum", "valid"), ("rechtsinfo-ersetzung-14-angekuendigt", "withdrawn"),
    ]  # fmt: skip
    assert Impact.objects.filter(wave__in=waves, outcome="").count() > 6


def test_every_answer_has_its_reason() -> None:
    bare = Impact.objects.exclude(outcome="").filter(reason="")
    assert list(bare.values_list("output__slug", "outcome")) == []


def test_a_corrected_text_has_a_second_edition_that_says_what_is_new() -> None:
    second = Edition.objects.filter(number=2).exclude(note="")
    assert sorted(second.values_list("output__slug", flat=True)) == [
        "dossier-pflege-anerkennung", "stellungnahme-ausbildungserlaubnis",
    ]  # fmt: skip


def test_the_planned_replacement_is_taken_back_before_it_took_effect() -> None:
    plan = PlannedChange.objects.get(kind=PlannedChange.Kind.REPLACED)
    later = PlannedChange.objects.get(kind=PlannedChange.Kind.KEPT)
    assert plan.in_force is not None and plan.reversed_on is not None
    assert (plan.reversed_on < plan.in_force, later.reverses) == (True, plan)


def test_the_official_text_shows_what_the_later_act_did() -> None:
    lines = PlannedChange.objects.filter(act__slug="ausbildungsaufschub-bleibt-2026-11-10").exclude(kind="kept")
    assert [str(line) for line in lines if line.seen_in is None] == []
    assert lines.count() == 5


def test_each_act_went_through_its_stages_in_order() -> None:
    for act in Act.objects.all():
        days = list(act.stages.values_list("on", flat=True))
        assert (len(days) >= 4 or act.stage == "in_force", days) == (True, sorted(days))


def test_the_finished_dispatch_has_letters_that_wait_and_answers() -> None:
    dispatch = Dispatch.objects.get()
    listed = Recipient.objects.filter(dispatch=dispatch)
    letters = Counter(Letter.objects.filter(pk__in=listed.values("letter")).values_list("state", flat=True))
    assert (dispatch.state, dict(letters)) == ("sent", {"queued": listed.count()})
    assert listed.exclude(answer="").count() == len(read_list("story/dispatches.yaml")[0]["answers"])


def test_the_mail_room_holds_mails_of_every_kind_marked_as_invented() -> None:
    mails = Mail.objects.all()
    assert [one.subject for one in mails if "Erfundene Nachricht der Demo" not in one.text] == []
    found = Counter((one.kind, one.sender, one.closed_at is None) for one in mails)
    assert found == {
        ("person", "verified", True): 2, ("person", "verified", False): 1, ("person", "unverified", True): 1,
        ("person", "forged", True): 1, ("automatic", "unverified", False): 2, ("answer", "verified", False): 1,
    }  # fmt: skip
    assert sorted(MailFile.objects.values_list("name", "refused")) == [
        ("Anmerkungen Handreichung Pflege.csv", ""), ("Folien.zip", "type"),
    ]  # fmt: skip
    assert Bounce.objects.get().to == "alte.adresse@hafenwege.example.org"
    waiting = MailedAnswer.objects.get()
    assert (waiting.recipient.person.slug, waiting.decided_at) == ("gesine-reuter", None)


def test_the_past_lies_before_the_tour() -> None:
    after = Entry.objects.filter(at__date__gt=date(2026, 11, 23))
    assert list(after.values_list("fact", "at")) == []


def test_loading_again_into_a_full_centre_is_refused_by_the_database() -> None:
    from django.db import IntegrityError, transaction  # reason: only here

    from nahtstelle.site.demo.populating import populate

    before = Person.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        populate()
    assert Person.objects.count() == before


def test_preparing_a_loaded_centre_loads_nothing(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from nahtstelle.site.demo import loading, preparing  # reason: only here

    monkeypatch.setattr(preparing, "_noted", lambda: {"state": preparing.LOADED})
    monkeypatch.setattr(preparing, "call_command", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(loading, "load_demo", lambda: pytest.fail("It was loaded again."))
    preparing.prepare()


def test_preparing_refuses_a_centre_that_is_not_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    from nahtstelle.site.demo import preparing  # reason: only here
    from nahtstelle.site.serving import NotReady

    monkeypatch.setattr(preparing, "_noted", dict)
    with pytest.raises(NotReady, match="already holds a centre that is not the demo"):
        preparing.prepare()
    with pytest.raises(NotReady):
        preparing.prepare(reset=True)


def test_a_load_that_was_broken_off_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from nahtstelle.site.demo import loading, preparing  # reason: only here

    done: list[str] = []
    monkeypatch.setattr(preparing, "_noted", lambda: {"state": preparing.LOADING})
    monkeypatch.setattr(preparing, "_empty", lambda: done.append("emptied"))
    monkeypatch.setattr(preparing, "call_command", lambda *_args, **_kwargs: done.append("migrated"))
    monkeypatch.setattr(preparing, "_note", done.append)
    monkeypatch.setattr(loading, "load_demo", lambda: done.append("filled"))
    preparing.prepare()
    assert done == ["emptied", "migrated", "loading", "filled", "loaded"]


@pytest.mark.postgres
def test_an_emptied_database_is_made_anew() -> None:
    """A reset on PostgreSQL drops the tables; what else the migrations made must not stand in their way."""
    from django.core.management import call_command  # reason: only here
    from django.db import connection

    from nahtstelle.site.demo import preparing

    connection.check_constraints()  # what the tests before it wrote in this transaction
    preparing._empty()
    call_command("migrate", verbosity=0)
    assert Person.objects.count() == 0
