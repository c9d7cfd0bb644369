"""Invitations: who may send them, what the letter leads to, and every way in which a link is not good."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.models import Engagement, FundingPeriod, Level, Network, Project
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.site.invitations.actions import forget_old, invite, send_again, withdraw
from nahtstelle.site.invitations.models import Invitation
from tests.cast import SINCE, account, app_code, come_in, facet, programme, with_app
from tests.site.reading_pages import heading, page, words

pytestmark = pytest.mark.django_db
LIST, NEW = "/einladungen/", "/einladungen/neu/"
MAIL = "nora@example.org"


@pytest.fixture(autouse=True)
def _that_day(that_day: None) -> None:
    pass


def project(key: str) -> Project:
    period, _new = FundingPeriod.objects.get_or_create(
        key="ivaf-1", defaults={"programme": programme("ivaf", "IvAF"), "name_de": "IvAF", "valid_from": SINCE}
    )
    level, _new = Level.objects.get_or_create(key="tp", period=period, defaults={"name_de": "Teilprojekt", "rank": 1})
    kind, _new = Concept.objects.get_or_create(
        key="sh-traeger",
        defaults={
            "facet": facet("stakeholder", "Beteiligte", "Stakeholders"),
            "name_de": "Träger",
            "name_en": "Carrier",
        },
    )
    carrier, _new = Organisation.objects.get_or_create(slug="weser", defaults={"name": "Weser e. V.", "kind": kind})
    return Project.objects.create(key=key, level=level, carrier=carrier, name_de=f"Projekt {key}", valid_from=SINCE)


@pytest.fixture
def bridge(db: None) -> Project:
    return project("bruecke")


@pytest.fixture
def lead(bridge: Project) -> Account:
    """Leads the project Brücke."""
    made = account("Lea")
    Engagement.objects.create(
        person=made.person,
        role="project-lead",
        project=bridge,
        programme=bridge.level.period.programme,
        valid_from=SINCE,
    )
    return made


def to_centre(by: Account, mail: str = MAIL, **more: Any) -> Invitation:
    return invite(account=by, mail=mail, centre_role="editor", at=timezone.now(), **more)


def to_project(by: Account, where: Project, mail: str = MAIL, role: str = "adviser", **more: Any) -> Invitation:
    return invite(account=by, mail=mail, project=where, project_role=role, at=timezone.now(), **more)


def path_in(letter: Letter) -> str:
    return urlsplit(re.findall(r"https?://\S+", letter.text)[0]).path


def last_path() -> str:
    return path_in(Letter.objects.latest("id"))


def says(answer: Any, sentence: str, status: int) -> None:
    assert (answer.status_code, sentence in words(page(answer))) == (status, True), words(page(answer))


# --- who may ---


def test_head_and_administrator_invite_to_the_centre_and_nobody_else(
    ruth: Account, sam: Account, jana: Account, tariq: Account, lead: Account
) -> None:
    assert [to_centre(who, f"{who.pk}@example.org").pk is not None for who in (ruth, sam)] == [True, True]
    for who in (jana, tariq, lead):
        with pytest.raises(NotYours):
            to_centre(who)


def test_a_lead_invites_to_their_own_project_for_daily_work_only(lead: Account, bridge: Project) -> None:
    assert to_project(lead, bridge).project == bridge
    with pytest.raises(NotYours):
        to_project(lead, project("andere"))
    with pytest.raises(NotYours):
        to_project(lead, bridge, "zweite@example.org", "project-lead")


def test_who_coordinates_a_network_invites_to_its_projects(marlene: Account, bridge: Project) -> None:
    network = Network.objects.create(key="netz", level=bridge.level, name_de="Netz", valid_from=SINCE)
    Engagement.objects.filter(person=marlene.person).update(network=network)
    with pytest.raises(NotYours):
        to_project(marlene, bridge)
    Project.objects.filter(pk=bridge.pk).update(network=network)
    assert to_project(marlene, bridge).project == bridge
    with pytest.raises(NotYours):
        to_project(marlene, bridge, "zweite@example.org", "project-lead")


def test_the_centre_invites_to_any_project_as_anything_a_project_has(ruth: Account, bridge: Project) -> None:
    assert to_project(ruth, bridge, role="project-lead").project_role == "project-lead"
    with pytest.raises(Refusal):
        to_project(ruth, bridge, "x@example.org", "programme-steering")


def test_nobody_invites_themselves(ruth: Account) -> None:
    with pytest.raises(NotYours):
        to_centre(ruth, ruth.mail.upper())


def test_who_holds_the_role_already_is_not_invited(ruth: Account, emre: Account) -> None:
    with pytest.raises(NotNow, match="Emre"):
        to_centre(ruth, emre.person.mail)


def test_the_same_address_is_invited_once(ruth: Account) -> None:
    to_centre(ruth)
    with pytest.raises(NotNow):
        to_centre(ruth, MAIL.upper())
    assert (Invitation.objects.count(), Letter.objects.count()) == (1, 1)


def test_the_database_holds_it_to_once(ruth: Account, bridge: Project) -> None:
    for first in (to_centre(ruth), to_project(ruth, bridge)):
        again = Invitation.objects.get(pk=first.pk)
        again.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


def test_a_role_that_would_have_ended_is_not_offered(ruth: Account) -> None:
    with pytest.raises(Refusal):
        to_centre(ruth, last_day=date(2026, 11, 22))


@pytest.mark.parametrize("who", ["jana", "tariq", "stranger"])
def test_others_see_no_invitations(who: str, ruth: Account, request: Any) -> None:
    to_centre(ruth)
    assert MAIL in words(page(come_in(Client(), ruth).get(LIST)))
    client = come_in(Client(), request.getfixturevalue(who))
    assert [client.get(LIST).status_code, client.get(NEW).status_code] == [403, 403]


def test_a_lead_sees_and_keeps_the_invitations_to_their_project_only(
    lead: Account, ruth: Account, bridge: Project
) -> None:
    mine, other = to_project(ruth, bridge), to_project(ruth, project("andere"), "fremd@example.org")
    at_centre = to_centre(ruth, "centre@example.org")
    client = come_in(Client(), lead)
    shown = words(page(client.get(LIST)))
    assert [mail in shown for mail in (MAIL, "fremd@example.org", "centre@example.org")] == [True, False, False]
    answers = [
        client.post(reverse("invitations:withdraw", args=[one.pk])).status_code for one in (mine, other, at_centre)
    ]
    assert answers == [302, 404, 404]


# --- the form and the list ---


def test_the_form_sends_one_letter_however_often_it_arrives(lead: Account, bridge: Project) -> None:
    client = come_in(Client(), lead)
    form = page(client.get(f"{NEW}?projekt=bruecke")).xpath("//main//form")[0]
    entries = {**dict(form.form_values()), "mail": MAIL, "to": "project:adviser", "last_day": "2027-06-30"}
    assert entries["project"] == str(bridge.pk)
    assert [client.post(NEW, entries).status_code for _twice in range(2)] == [302, 302]
    assert (Invitation.objects.get().last_day, Letter.objects.count()) == (date(2027, 6, 30), 1)
    assert Entry.objects.filter(fact="invitations.PersonInvited").count() == 1


def test_a_lead_is_offered_no_role_at_the_centre(lead: Account, bridge: Project) -> None:
    client = come_in(Client(), lead)
    answer = client.post(NEW, {"mail": MAIL, "to": "centre:administrator", "language": "de"})
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)
    answer = client.post(
        NEW, {"mail": MAIL, "to": "project:adviser", "language": "de", "project": project("andere").pk}
    )
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_a_role_in_a_project_needs_the_project(ruth: Account, bridge: Project) -> None:
    answer = come_in(Client(), ruth).post(NEW, {"mail": MAIL, "to": "project:adviser", "language": "de"})
    says(answer, "Bitte wählen Sie das Projekt.", 422)


def test_the_list_searches_and_pages_in_a_fixed_number_of_queries(
    ruth: Account, bridge: Project, django_assert_max_num_queries: Any
) -> None:
    for number in range(55):
        to_project(ruth, bridge, f"n{number}@example.org")
    client = come_in(Client(), ruth)
    with django_assert_max_num_queries(22):
        assert len(page(client.get(LIST)).xpath("//main//tbody/tr")) == 50
    assert len(page(client.get(f"{LIST}?page=2")).xpath("//main//tbody/tr")) == 5
    assert len(page(client.get(f"{LIST}?q=n54")).xpath("//main//tbody/tr")) == 1
    says(client.get(f"{LIST}?q=niemand"), "Keine Einladung passt", 200)


# --- accepting ---


def test_a_newcomer_gets_person_account_and_role_and_is_in(ruth: Account, bridge: Project) -> None:
    to_project(ruth, bridge, last_day=date(2027, 6, 30), words="Schön, dass Sie kommen.")
    client, path = Client(), last_path()
    shown = words(page(client.get(path)))
    assert all(
        said in shown for said in ("Ruth", "Berater*in", "Projekt bruecke", "30. Juni 2027", "Schön, dass Sie kommen.")
    )
    answer = client.post(path, {"name": "Nora Neu", "password": "ein langes Kennwort mit Leerzeichen"})
    assert answer["Location"] == reverse("people:me")
    made = Account.objects.get(mail=MAIL)
    held = Engagement.objects.get(person=made.person)
    assert (held.role, held.project, held.valid_from, held.valid_until) == (
        "adviser",
        bridge,
        date(2026, 11, 23),
        date(2027, 6, 30),
    )
    assert "dürfen" in words(page(client.get(answer["Location"], follow=True)))
    facts = set(Entry.objects.values_list("fact", flat=True))
    assert {
        "people.PersonAdded",
        "people.AccountCreated",
        "programmes.PersonEngaged",
        "invitations.InvitationAccepted",
    } <= facts


def test_without_a_password_one_comes_in_by_links(ruth: Account, bridge: Project) -> None:
    to_project(ruth, bridge)
    client = Client()
    client.post(last_path(), {"name": "Nora Neu", "password": ""})
    assert not Account.objects.get(mail=MAIL).has_usable_password()
    assert client.get("/schreibtisch/").status_code == 200


def test_a_weak_password_is_refused_and_the_link_stays_good(ruth: Account, bridge: Project) -> None:
    to_project(ruth, bridge)
    path = last_path()
    assert Client().post(path, {"name": "Nora Neu", "password": "kurz"}).status_code == 422
    assert Client().post(path, {"name": "", "password": ""}).status_code == 422
    assert not Person.objects.filter(mail=MAIL).exists()
    assert Client().post(path, {"name": "Nora Neu", "password": ""}).status_code == 302


def test_a_new_colleague_at_the_centre_sets_up_a_second_factor_first(ruth: Account) -> None:
    to_centre(ruth)
    client = Client()
    client.post(last_path(), {"name": "Nora Neu", "password": ""})
    assert CentreRole.objects.get(person__mail=MAIL).role == "editor"
    assert client.get("/schreibtisch/")["Location"] == reverse("door:access")


def test_who_has_an_account_keeps_it_and_gets_the_role(ruth: Account, tariq: Account, bridge: Project) -> None:
    to_project(ruth, bridge, tariq.mail)
    client, path = Client(), last_path()
    assert client.post(path)["Location"] == reverse("people:me")
    assert Engagement.objects.filter(person=tariq.person, project=bridge).count() == 1
    assert Account.objects.filter(person=tariq.person).count() == 1


def test_who_has_a_second_factor_shows_it_after_accepting(ruth: Account, tariq: Account, bridge: Project) -> None:
    to_project(ruth, bridge, with_app(tariq).mail)
    client = Client()
    assert client.post(last_path())["Location"] == reverse("door:second")
    assert client.post(reverse("door:second"), {"code": app_code()})["Location"] == reverse("people:me")


def test_a_letter_to_another_address_than_the_sign_in_one_signs_nobody_in(
    ruth: Account, tariq: Account, bridge: Project
) -> None:
    to_project(ruth, bridge, tariq.person.mail)
    client = Client()
    assert client.post(last_path())["Location"].startswith("/schreibtisch/anmelden/")
    assert "_auth_user_id" not in client.session
    assert Engagement.objects.filter(person=tariq.person, project=bridge).count() == 1


def test_opening_the_link_accepts_nothing(ruth: Account, bridge: Project) -> None:
    to_project(ruth, bridge)
    assert [Client().get(last_path()).status_code for _scanner in range(3)] == [200] * 3
    assert Invitation.objects.get().accepted_at is None


# --- links that are not good ---


def test_a_link_used_twice_says_so(ruth: Account, bridge: Project) -> None:
    to_project(ruth, bridge)
    path = last_path()
    Client().post(path, {"name": "Nora Neu", "password": ""})
    says(Client().get(path), "Dieser Link wurde schon benutzt", 409)
    says(Client().post(path, {"name": "Nora Neu", "password": ""}), "Dieser Link wurde schon benutzt", 409)
    assert Engagement.objects.filter(project=bridge, role="adviser").count() == 1


def test_a_link_runs_out_after_two_weeks(ruth: Account, bridge: Project) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z") as clock:
        to_project(ruth, bridge)
        clock.shift(timedelta(days=14, minutes=1))
        says(Client().get(last_path()), "Dieser Link ist abgelaufen", 409)
        client = come_in(Client(), ruth)
        assert MAIL in words(page(client.get(f"{LIST}?stand=over")))
        assert MAIL not in words(page(client.get(LIST)))


def test_a_withdrawn_invitation_says_so(ruth: Account, bridge: Project) -> None:
    invitation = to_project(ruth, bridge)
    withdraw(invitation=invitation, account=ruth, at=timezone.now())
    says(Client().get(last_path()), "Dieser Link wurde zurückgezogen", 409)
    with pytest.raises(NotNow):
        send_again(invitation=invitation, account=ruth, at=timezone.now() + timedelta(hours=1))


def test_sent_again_only_the_newest_link_is_good(ruth: Account, bridge: Project) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z") as clock:
        invitation = to_project(ruth, bridge)
        old = last_path()
        clock.shift(timedelta(days=20))  # run out meanwhile
        for _twice in range(2):
            send_again(invitation=invitation, account=ruth, at=timezone.now())
        assert Letter.objects.count() == 2
        says(Client().get(old), "Dieser Link wurde zurückgezogen", 409)
        assert Client().get(last_path()).status_code == 200


def test_a_forged_link_is_damaged(ruth: Account, bridge: Project) -> None:
    to_project(ruth, bridge)
    says(Client().get(last_path()[:-3] + "x/"), "beschädigt", 409)


def test_who_got_the_role_meanwhile_hears_it_and_nothing_changes(
    ruth: Account, tariq: Account, bridge: Project
) -> None:
    to_project(ruth, bridge, tariq.mail)
    path = last_path()
    Engagement.objects.create(
        person=tariq.person, role="adviser", project=bridge, programme=bridge.level.period.programme, valid_from=SINCE
    )
    says(Client().post(path), "hat diese Rolle dort in dieser Zeit bereits", 422)
    assert Invitation.objects.get().accepted_at is None


def test_an_inviter_who_lost_the_right_gives_nothing(lead: Account, bridge: Project) -> None:
    to_project(lead, bridge)
    Engagement.objects.filter(person=lead.person).update(valid_until=date(2026, 11, 22))
    says(Client().post(last_path(), {"name": "Nora Neu", "password": ""}), "darf diese Rolle nicht mehr vergeben", 422)
    assert not Person.objects.filter(mail=MAIL).exists()


def test_a_closed_account_is_told(ruth: Account, tariq: Account, bridge: Project) -> None:
    to_project(ruth, bridge, tariq.mail)
    Account.objects.filter(pk=tariq.pk).update(is_active=False)
    says(Client().post(last_path()), "Ihr Konto ist geschlossen", 422)


def test_old_invitations_are_removed_a_year_after_their_end(ruth: Account) -> None:
    to_centre(ruth)
    assert forget_old(by=system("t"), at=timezone.now() + timedelta(days=370)) == 0
    assert forget_old(by=system("t"), at=timezone.now() + timedelta(days=380)) == 1


def test_ones_own_page_says_that_one_may_invite_and_why(
    lead: Account, bridge: Project, as_: Callable[..., Client]
) -> None:
    shown = words(page(as_(lead).get(reverse("people:me"), follow=True)))
    assert "Personen in das Projekt Projekt bruecke einladen" in shown
    assert heading(as_(lead).get(LIST)) == "Einladungen"


def test_a_lead_sees_greyed_with_the_reason_what_the_centre_alone_keeps(
    ruth: Account, lead: Account, bridge: Project
) -> None:
    to_project(ruth, bridge, role="project-lead")
    to_project(lead, bridge, "zweite@example.org")
    shown = page(come_in(Client(), lead).get(LIST))
    rows = {row.xpath("string(th|td[1])").strip(): words(row) for row in shown.xpath("//main//tbody/tr")}
    assert "Diese Rolle vergibt die Fachstelle." in rows[MAIL]
    assert "Diese Rolle vergibt" not in rows["zweite@example.org"]


def test_what_ones_page_says_of_inviting_is_what_the_rule_allows(
    marlene: Account, lead: Account, bridge: Project, as_: Callable[..., Client]
) -> None:
    network = Network.objects.create(key="netz", level=bridge.level, name_de="Netz", valid_from=SINCE)
    Engagement.objects.filter(person=marlene.person).update(network=network)

    def said_to(account: Account) -> str:
        return words(page(as_(account).get(reverse("people:me"), follow=True)))

    assert "Personen in die Projekte" not in said_to(marlene)  # there are none yet
    Project.objects.filter(pk=bridge.pk).update(network=network)
    assert "Personen in die Projekte des Netzwerks Netz einladen" in said_to(marlene)
    Project.objects.filter(pk=bridge.pk).update(valid_until=date(2026, 11, 22))
    assert "Personen in die Projekte" not in said_to(marlene)
    assert "Personen in das Projekt" not in said_to(lead)
