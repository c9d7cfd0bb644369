"""16 Landesnetzwerke become 23 regional networks on a day; the distribution is invented."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Touch
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes import actions
from nahtstelle.register.programmes.models import Engagement, FundingPeriod, Level, Network, Project, Recut
from nahtstelle.register.programmes.queries import engagements_on
from nahtstelle.register.programmes.recut_queries import leaving, open_moves
from tests.register.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2022, 10, 1, 9, 0, tzinfo=UTC)
DAY, LAST = date(2023, 1, 1), date(2022, 12, 31)
OLD = [f"LN {n:02}" for n in range(1, 17)]
# Old network → the new ones it goes on as: nine alone, five in two, one in three, two of them into one more: 23 in all.
SPLIT = {OLD[n]: [f"RIN {OLD[n][3:]}{x}" for x in ("ab" if n < 5 else "abc" if n == 5 else "")] for n in range(16)}
SPLIT = {old: new or [f"RIN {old[3:]}"] for old, new in SPLIT.items()}


def everything() -> dict[str, list[tuple[object, ...]]]:
    models = (Network, Project, Engagement, Project.predecessors.through)
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


class Cut:
    """The old structure, three projects and a coordinator in each network, and the new one."""

    def __init__(self, there: World, by: Actor) -> None:
        self.by = by
        before = FundingPeriod.objects.create(
            key="iq-2019", programme=there.iq, name_de="IQ 2019–2022", valid_from=date(2019, 1, 1), valid_until=LAST
        )
        self.old = Level.objects.create(key="ln", period=before, rank=1, name_de="Landesnetzwerk")
        self.tp = Level.objects.create(key="tp", period=before, rank=2, name_de="Teilprojekt")
        self.new, self.tv = there.networks_level, there.projects_level
        start = {"valid_from": before.valid_from, "valid_until": LAST}
        self.networks = {
            name: Network.objects.create(key=name.lower().replace(" ", "-"), name_de=name, level=self.old, **start)
            for name in OLD
        }
        for name, network in self.networks.items():
            person = Person.objects.create(slug=network.key, name=f"Koordination {name}")
            Engagement.objects.create(
                person=person, role="network-coordinator", programme=there.iq, network=network, **start
            )
            for n in range(3):
                project = Project.objects.create(
                    key=f"{network.key}-{n}", name_de=f"Projekt {name} {n}", level=self.tp, network=network,
                    carrier=there.carrier, region=there.saxony, **start,
                )  # fmt: skip
                Engagement.objects.create(
                    person=person, role="adviser", programme=there.iq, network=network, project=project,
                    valid_from=before.valid_from,
                )  # fmt: skip
        for old, names in SPLIT.items():
            for name in names:
                made, _new = Network.objects.get_or_create(
                    name_de=name, defaults={"key": name.lower().replace(" ", "-"), "level": self.new, "valid_from": DAY}
                )
                made.predecessors.add(self.networks[old])

    def plan(self) -> Recut:
        levels = {"old_level": self.old, "new_level": self.new, "project_level": self.tv}
        return actions.plan_recut(**levels, on=DAY, by=self.by, at=AT)

    def decide_rest(self, recut: Recut) -> None:
        for move in recut.moves.filter(target=None):
            place = move.project or move.engagement
            target = Network.objects.filter(predecessors=place.network).order_by("name_de").first()
            actions.set_target(move=move, target=target, ends=False, by=self.by, at=AT)


@pytest.fixture
def cut(there: World, by: Actor) -> Cut:
    return Cut(there, by)


def test_the_split_is_sixteen_into_twenty_three() -> None:
    assert (len(SPLIT), len({name for names in SPLIT.values() for name in names})) == (16, 23)


def test_the_plan_lists_what_moves_and_what_has_no_target(cut: Cut) -> None:
    recut = cut.plan()
    assert (recut.moves.count(), open_moves(recut)) == (16 * 4, 6 * 4)
    lines = {line.network.name_de: line for line in leaving(recut)}
    assert ([n.name_de for n in lines["LN 06"].successors], lines["LN 06"].open) == (
        ["RIN 06a", "RIN 06b", "RIN 06c"],
        4,
    )
    assert (lines["LN 16"].projects, lines["LN 16"].engagements, lines["LN 16"].open) == (3, 1, 0)


def test_a_cut_with_open_moves_is_not_entered(cut: Cut) -> None:
    recut, before = cut.plan(), everything()
    with pytest.raises(NotNow, match="24"):
        actions.enter_recut(recut=recut, by=cut.by, at=AT)
    assert everything() == before


def test_projects_and_roles_move_and_the_past_reads_as_it_was(cut: Cut, there: World) -> None:
    then = {
        (e.person.name, e.role, str(e.network), str(e.project)) for e in engagements_on(LAST, [there.iq]) if e.network
    }
    recut = cut.plan()
    cut.decide_rest(recut)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    assert {
        (e.person.name, e.role, str(e.network), str(e.project)) for e in engagements_on(LAST, [there.iq]) if e.network
    } == then
    assert set(Network.objects.on(LAST).filter(level=cut.old).values_list("name_de", flat=True)) == set(OLD)
    assert not Network.objects.on(DAY).filter(level=cut.old).exists()
    project = Project.objects.on(DAY).get(name_de="Projekt LN 16 0")
    assert (project.network.name_de, project.level, project.predecessors.get().valid_until) == ("RIN 16", cut.tv, LAST)
    now = engagements_on(DAY, [there.iq]).filter(person__name="Koordination LN 16")
    assert sorted((e.role, e.network.name_de) for e in now) == [
        *[("adviser", "RIN 16")] * 3, ("network-coordinator", "RIN 16"),
    ]  # fmt: skip


def test_many_may_go_into_one(cut: Cut) -> None:
    recut, one = cut.plan(), Network.objects.get(name_de="RIN 16")
    for name in ("LN 14", "LN 15"):
        actions.set_successors(recut=recut, old=cut.networks[name], successors=[one], by=cut.by, at=AT)
    cut.decide_rest(recut)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    assert one.projects.count() == 9


def test_what_ends_does_not_move(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    move = recut.moves.get(project__name_de="Projekt LN 16 0")
    actions.set_target(move=move, target=None, ends=True, by=cut.by, at=AT)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    assert Project.objects.get(name_de="Projekt LN 16 0").valid_until == LAST


def test_a_role_with_an_end_of_its_own_keeps_it(cut: Cut) -> None:
    later = date(2023, 6, 30)
    Engagement.objects.filter(person__name="Koordination LN 16", role="adviser").update(valid_until=later)
    recut = cut.plan()
    cut.decide_rest(recut)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    roles = Engagement.objects.filter(person__name="Koordination LN 16", role="adviser").order_by("valid_from")
    assert [role.valid_until for role in roles] == [LAST] * 3 + [later] * 3


def test_a_cut_can_be_taken_back_before_its_day(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    before = everything()
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    assert everything() != before
    recut = actions.take_back_recut(recut=recut, by=cut.by, at=AT)
    assert (everything(), recut.state) == (before, Recut.State.PLANNED)


def test_from_its_day_on_a_cut_stays(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    with pytest.raises(NotNow):
        actions.take_back_recut(recut=recut, by=cut.by, at=datetime(2023, 1, 1, 8, tzinfo=UTC))


def test_a_cut_others_built_on_is_not_taken_back(cut: Cut, there: World) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    project = Project.objects.on(DAY).get(name_de="Projekt LN 16 0")
    Engagement.objects.create(person=there.pia, role="pr", programme=there.iq, network=project.network, project=project)
    with pytest.raises(NotNow, match="Projekt LN 16 0"):
        actions.take_back_recut(recut=recut, by=cut.by, at=AT)


def test_a_cut_whose_roles_were_changed_since_is_not_taken_back(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    recut = actions.enter_recut(recut=recut, by=cut.by, at=AT)
    role = Engagement.objects.get(pk=recut.done["engagements"][0])
    actions.end_engagement(engagement=role, last_day=date(2024, 1, 1), by=cut.by, at=AT)
    with pytest.raises(NotNow):
        actions.take_back_recut(recut=recut, by=cut.by, at=AT)


def test_what_came_since_the_plan_must_be_looked_at_first(cut: Cut, there: World) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    Project.objects.create(
        key="spaet",
        name_de="Spät",
        level=cut.tp,
        network=cut.networks["LN 16"],
        carrier=there.carrier,
        valid_until=LAST,
    )
    with pytest.raises(NotNow):
        actions.enter_recut(recut=recut, by=cut.by, at=AT)
    actions.refresh_recut(recut=recut, by=cut.by, at=AT)
    assert open_moves(recut) == 0
    actions.enter_recut(recut=recut, by=cut.by, at=AT)


def test_looking_again_keeps_a_target_that_was_chosen_outside_the_mapping(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    move, elsewhere = recut.moves.get(project__name_de="Projekt LN 16 0"), Network.objects.get(name_de="RIN 01a")
    actions.set_target(move=move, target=elsewhere, ends=False, by=cut.by, at=AT)
    actions.refresh_recut(recut=recut, by=cut.by, at=AT)
    move.refresh_from_db()
    assert (move.target, open_moves(recut)) == (elsewhere, 0)


def test_saying_as_what_a_network_goes_on_aims_its_moves_anew(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    move, one = recut.moves.get(project__name_de="Projekt LN 16 0"), Network.objects.get(name_de="RIN 15")
    actions.set_target(move=move, target=Network.objects.get(name_de="RIN 01a"), ends=False, by=cut.by, at=AT)
    actions.set_successors(recut=recut, old=cut.networks["LN 16"], successors=[one], by=cut.by, at=AT)
    move.refresh_from_db()
    assert move.target == one


def test_a_target_that_no_longer_begins_on_the_day_must_be_looked_at_first(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    gone = Network.objects.get(name_de="RIN 16")
    actions.change_network(network=gone, valid_from=date(2024, 1, 1), by=cut.by, at=AT)
    before = everything()
    with pytest.raises(NotNow, match="RIN 16"):
        actions.enter_recut(recut=recut, by=cut.by, at=AT)
    assert everything() == before
    actions.refresh_recut(recut=recut, by=cut.by, at=AT)
    assert open_moves(recut) == 4


def test_taking_a_cut_back_stands_in_the_trail_of_what_goes_on_again(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    actions.take_back_recut(recut=recut, by=cut.by, at=AT)
    role = Engagement.objects.get(person__name="Koordination LN 16", project__name_de="Projekt LN 16 0")
    touch = Touch.objects.get(entry__fact="programmes.RecutUndone", kind="programmes.engagement", object_id=role.pk)
    assert touch.changes == {"valid_until": ["2022-12-31", None]}


def test_networks_of_another_programme_cannot_follow(cut: Cut, there: World) -> None:
    recut = cut.plan()
    with pytest.raises(Refusal):
        actions.set_successors(recut=recut, old=cut.networks["LN 16"], successors=[there.south], by=cut.by, at=AT)


def test_levels_of_two_programmes_are_refused(cut: Cut, there: World) -> None:
    levels = {"old_level": cut.old, "new_level": there.south.level, "project_level": there.south.level}
    with pytest.raises(Refusal):
        actions.plan_recut(**levels, on=DAY, by=cut.by, at=AT)


def test_a_day_outside_the_new_period_is_refused(cut: Cut) -> None:
    levels = {"old_level": cut.old, "new_level": cut.new, "project_level": cut.tv}
    with pytest.raises(Refusal):
        actions.plan_recut(**levels, on=DAY - timedelta(days=1), by=cut.by, at=AT)


def test_entering_costs_no_statement_per_project(cut: Cut) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    with CaptureQueriesContext(connection) as asked:
        actions.enter_recut(recut=recut, by=cut.by, at=AT)
    assert len(asked) < 60
