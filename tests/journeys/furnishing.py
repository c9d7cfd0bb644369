"""What the demo has none of when it opens, so that every kind of page can be looked at."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.notices.models import Bounce, Letter, Notice
from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_url
from nahtstelle.register.organisations.models import Membership
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary import actions as vocabulary
from nahtstelle.register.vocabulary.models import Batch
from nahtstelle.register.vocabulary.values import FacetValue
from nahtstelle.rooms.law import acts, importing
from nahtstelle.rooms.law.models import Act, Import, Law, PlannedChange, Provision, Reading
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs import attaching
from nahtstelle.rooms.outputs.models import Attachment, Impact, LeftText, Output
from nahtstelle.rooms.outreach import actions as outreach
from nahtstelle.rooms.outreach.answer_links import answer_token
from nahtstelle.rooms.outreach.models import Dispatch, Recipient
from nahtstelle.site.demo.content_files import tour_files
from nahtstelle.site.search import saving
from nahtstelle.site.search.links import CONFIRM, END, link_to
from nahtstelle.site.search.models import SavedSearch

BY = system("tests")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
CONCEPTS = """
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://example.org/begriffe/probe> a skos:Concept ; skos:prefLabel "Probebegriff"@de, "Sample concept"@en .
"""


@dataclass(frozen=True, slots=True)
class Furnished:
    """The things whose pages are looked at. Mostly Jana's; nothing of it is Tariq's."""

    law: Law
    provision: Provision
    reading: Reading
    act: Act
    plan: PlannedChange
    batch: Import
    published: Output
    draft: Output
    attachment: Attachment
    left: LeftText
    impact: Impact
    dispatch: Dispatch
    submitted: Dispatch
    answer: str
    unsubscribe: str
    duty: Duty
    notice: Notice
    stuck: Delivery
    lost: Letter
    barred: str
    person: Person
    role: CentreRole
    membership: Membership
    engagement: Engagement
    concepts: Batch
    taken_in: Batch
    saved: SavedSearch
    confirming: str
    ending: str


def account(slug: str) -> Account:
    return Account.objects.select_related("person").get(person__slug=slug)


def furnish(at: datetime) -> Furnished:
    """Add it to the loaded demo."""
    jana, emre = account("jana-wolters"), account("emre-aydin")
    law = Law.objects.get(slug="bspbpg")
    act, plan = _act(law, jana, at)
    draft = Output.objects.get(slug="analyse-vorabpruefung-entwurf")
    attachment = attaching.attach(
        draft, name="bild.png", content=PIXEL, media_type="image/png", title="Ein Bild", alternative="Ein Punkt",
        account=emre, by=emre.actor, at=at,
    )  # fmt: skip
    dispatch, submitted = _dispatches(emre, at)
    lost, barred = _lost_letters(at)
    stuck = Delivery.objects.order_by("pk")[0]
    Delivery.objects.filter(pk=stuck.pk).update(state=Delivery.State.STUCK, done_at=None, error="ValueError: probe")
    jens, tariq = Person.objects.get(slug="jens-ahlers"), Person.objects.get(slug="tariq-haddad")
    batch = importing.give_files(
        source="Probe", files=tour_files(), seen_on=timezone.localdate(at), complete=False, by=jana.actor, at=at
    )
    deliver_all(at=at)
    saving.ask_by_mail(mail="probe@example.org", query="q=Pflege", rhythm="weekly", language="de", at=at)
    by_mail = SavedSearch.objects.get(mail="probe@example.org")
    Letter.objects.filter(to=by_mail.mail).delete()  # the list of letters shows those of the demo
    return Furnished(
        saved=saving.save_for_person(
            person=jana.person, query="q=Anerkennung", rhythm="weekly", by=jana.actor, at=at
        ),
        confirming=link_to(CONFIRM, by_mail, at=at).split("/")[-2], ending=link_to(END, by_mail, at=at).split("/")[-2],
        law=law, provision=law.provisions.get(designation="§ 17"), reading=law.readings.latest("first_seen"), act=act,
        plan=plan, batch=batch, published=Output.objects.get(slug="methode-fallbesprechung"), draft=draft,
        attachment=attachment, left=_left(draft, at), dispatch=dispatch, submitted=submitted,
        impact=Impact.objects.filter(settled_at=None, output__owner=jana.person).earliest("pk"),
        answer=answer_token(Recipient.objects.filter(dispatch__state=Dispatch.State.SENT).earliest("pk"), at=at),
        unsubscribe=unsubscribe_url(tariq, Subscription.LAW_LETTERS, at=at).rstrip("/").rsplit("/", 1)[1],
        duty=Duty.objects.filter(owner=jana.person, state=Duty.State.OPEN).earliest("pk"),
        notice=Notice.objects.filter(person=jana.person).earliest("pk"), stuck=stuck, lost=lost, barred=barred,
        person=jens, role=CentreRole.objects.filter(person=emre.person).earliest("pk"),
        membership=Membership.objects.filter(person=jens).earliest("pk"),
        engagement=Engagement.objects.filter(person=jens, valid_from=date(2026, 1, 1)).earliest("pk"),
        concepts=_concepts("eins", at), taken_in=_taken_in(at),
    )  # fmt: skip


def _act(law: Law, jana: Account, at: datetime) -> tuple[Act, PlannedChange]:
    common = {"account": jana, "by": jana.actor, "at": at}
    act = acts.record_act(title="Beispiel-Weiterentwicklungsgesetz", stage=Act.Stage.BUNDESTAG, **common)
    plan = acts.plan_change(
        act, revision=act.revision, law=law, old_citation="§ 5", new_citation="§ 5", kind=PlannedChange.Kind.AMENDED,
        in_force=date(2027, 4, 1), summary="Die Frist wird kürzer.", **common,
    )  # fmt: skip
    return Act.objects.get(pk=act.pk), plan


def _left(draft: Output, at: datetime) -> LeftText:
    """Two editors meet in one line of the draft; Emre's text is left for merging."""
    emre, ayse = account("emre-aydin"), account("ayse-demir")
    for one, words in ((ayse, "Von Ayşe."), (emre, "Von Emre.")):
        text = {"title": draft.title, "summary": words, "body": draft.body}
        saved = outputs.save(draft, started_from=draft.revision, text=text, account=one, by=one.actor, at=at)
    assert saved.left is not None
    draft.refresh_from_db()
    return saved.left


def _dispatches(emre: Account, at: datetime) -> tuple[Dispatch, Dispatch]:
    bulletin = Output.objects.get(slug="rechtsinfo-ausbildungsaufschub-bleibt")
    made = []
    for subject in ("In Arbeit", "Zur Freigabe"):
        dispatch = outreach.prepare(
            bulletin, subject_de=subject, subject_en="News on law", roles=["adviser"],
            programmes=Programme.objects.filter(key="ivaf"), account=emre, by=emre.actor, at=at,
        )  # fmt: skip
        made.append(dispatch)
    return made[0], outreach.submit(made[1], account=emre, by=emre.actor, at=at)


def _lost_letters(at: datetime) -> tuple[Letter, str]:
    letters = [
        write_letter(key=f"probe-{name}", to=f"{name}@example.org", subject="Probe", text="Probe", language="de", by=BY, at=at)
        for name in ("verloren", "gesperrt")
    ]  # fmt: skip
    Letter.objects.filter(pk=letters[0].pk).update(state=Letter.State.FAILED, trouble="550 5.1.1 unknown")
    Bounce.objects.create(to=letters[1].to, letter=letters[1], hard=True, status="5.1.1", at=at)
    return letters[0], letters[1].to


def _concepts(name: str, at: datetime) -> Batch:
    content = CONCEPTS.replace("/probe", f"/{name}").replace("Probebegriff", f"Probebegriff {name}")
    theme = FacetValue("theme", "Thema", "Theme", 7)
    return vocabulary.prepare_import(content=content.encode(), file_name="probe.ttl", target=theme, by=BY, at=at)


def _taken_in(at: datetime) -> Batch:
    batch = _concepts("zwei", at)
    vocabulary.carry_out_import(batch=batch, address=lambda key: f"https://example.org/{key}", by=BY, at=at)
    return batch
