"""What the demo has none of when it opens, so that every kind of page can be looked at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO

from django.utils import timezone
from docx import Document

from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.plumbing.links.signing import give_out
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.intake import actions as intake
from nahtstelle.register.intake.models import Batch as TableBatch
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.notices.models import Bounce, Letter, Notice
from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_url
from nahtstelle.register.organisations.models import Membership
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes import actions as programmes
from nahtstelle.register.programmes.models import (
    Engagement,
    FundingMark,
    FundingPeriod,
    Level,
    Network,
    Programme,
    Project,
    Recut,
)
from nahtstelle.register.vocabulary import actions as vocabulary
from nahtstelle.register.vocabulary.models import Batch, Concept, Mapping
from nahtstelle.register.vocabulary.values import FacetValue
from nahtstelle.rooms.law import acts, importing
from nahtstelle.rooms.law.models import Act, Import, Law, PlannedChange, Provision, Reading
from nahtstelle.rooms.library.actions import cards, reviews
from nahtstelle.rooms.library.models import Card, CardLeft, FullText, OpenQuestion, Review, Work
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs import attaching, bringing_in
from nahtstelle.rooms.outputs.models import Attachment, BroughtIn, Impact, LeftText, Output
from nahtstelle.rooms.outreach import actions as outreach
from nahtstelle.rooms.outreach.answer_links import answer_token
from nahtstelle.rooms.outreach.models import Dispatch, MailedAnswer, Recipient
from nahtstelle.site.barriers import actions as barriers
from nahtstelle.site.demo.content_files import tour_files
from nahtstelle.site.door.sign_in_links import SIGN_IN
from nahtstelle.site.feeds import calendar_keys
from nahtstelle.site.invitations.actions import invite
from nahtstelle.site.invitations.models import Invitation
from nahtstelle.site.mailroom.actions import close as close_mail
from nahtstelle.site.mailroom.models import Mail
from nahtstelle.site.mailroom.taking import take
from nahtstelle.site.pages import actions as pages
from nahtstelle.site.pages.places import place_called
from nahtstelle.site.redirects import actions as redirects
from nahtstelle.site.search import saving
from nahtstelle.site.search.links import CONFIRM, END, link_to
from nahtstelle.site.search.models import SavedSearch
from tests.journeys.shelf import Shelf, furnish_shelf
from tests.letters import first_link

BY = system("tests")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
CONCEPTS = """
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://example.org/begriffe/probe> a skos:Concept ; skos:prefLabel "Probebegriff"@de, "Sample concept"@en .
"""
TABLE = "Name;E-Mail\nAda Lang;ada.lang@example.org\nBo Berg;bo\nJens A.;{mail}\n"
READY = "Name;E-Mail\nCem Kaya;cem.kaya@example.org\n"
IMPORTED = "Name;E-Mail\nDana Roth;dana.roth@example.org\n"


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
    sign_in: str
    invitation: Invitation
    mail: Mail
    closed_mail: Mail
    mailed: MailedAnswer
    accept: str
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
    calendar: str
    barrier: int
    redirect: int
    placed: int  # a text that may be put into a place
    easy: Output
    table: TableBatch  # with a problem and a possible duplicate
    ready_table: TableBatch
    imported_table: TableBatch
    recut: Recut
    recut_network: int
    shut_out: str  # somebody whose account is closed
    mark: FundingMark
    saved: SavedSearch
    confirming: str
    ending: str
    brought: BroughtIn
    brought_picture: str
    shelf: Shelf
    card: Card  # a draft
    card_left: CardLeft
    question: OpenQuestion
    full_text: FullText
    mapped: int  # a concept that th-sprache is mapped to
    review: Review  # under way
    closed_review: str
    disputed: int  # the place of a work about which the team disagrees
    review_text: int
    person_to_join: int


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
    invitation = _invitation(at)
    notice = Notice.objects.filter(person=jana.person).earliest("pk")
    Notice.objects.filter(pk=notice.pk).update(read_at=None)
    shut_out = "felix-adeyemi"
    Account.objects.filter(person__slug=shut_out).update(is_active=False)
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
        sign_in=give_out(SIGN_IN, about=f"account:{jana.pk}", at=at, account=jana.pk, mail=jana.mail),
        mail=_mail("Darf mein Neffe arbeiten?", at), closed_mail=_closed_mail(at), mailed=_mailed(at), invitation=invitation, accept=_link_in(Letter.objects.get(key__startswith="invitation-")),
        unsubscribe=unsubscribe_url(tariq, Subscription.LAW_LETTERS, at=at).rstrip("/").rsplit("/", 1)[1],
        duty=Duty.objects.filter(owner=jana.person, state=Duty.State.OPEN).earliest("pk"),
        notice=notice, shut_out=shut_out, stuck=stuck, lost=lost, barred=barred,
        person=jens, role=CentreRole.objects.filter(person=emre.person).earliest("pk"),
        membership=Membership.objects.filter(person=jens).earliest("pk"),
        engagement=Engagement.objects.filter(person=jens, valid_from=date(2026, 1, 1)).earliest("pk"),
        concepts=_concepts("eins", at), taken_in=_taken_in(at), calendar=_calendar(jana, at), barrier=_barrier(at),
        redirect=_redirect(emre, at), placed=_placed(emre, at),
        easy=Output.objects.filter(language="de-x-leicht").earliest("pk"),
        table=_table(TABLE, at), ready_table=_table(READY, at),
        imported_table=_imported(at), recut=_recut(at), recut_network=Network.objects.get(key="probe-rin").pk, mark=_mark_ahead(at),
        card=(card := Card.objects.select_related("work").get(work__citekey="richter2024bildung")), card_left=_card_left(card, at),
        question=OpenQuestion.objects.earliest("pk"), full_text=_full_text(at),
        mapped=_mapped(), review=(review := Review.objects.get(state=Review.State.SCREENING)), closed_review=_closed_review(emre, at),
        disputed=review.items.get(full_outcome="conflict").place, review_text=_review_text(review, at), person_to_join=jens.pk,
        brought=(brought := _brought(jana, draft, at)), brought_picture=f"bild-{brought.key.hex[:6]}-1.png",
        shelf=furnish_shelf(account("ruth-sommerfeld").actor, at),
    )  # fmt: skip


def _mapped() -> int:
    ours, theirs = (Concept.objects.get(key=key) for key in ("th-sprache", "th-quali"))
    return Mapping.objects.create(ours=ours, theirs=theirs, relation=Mapping.Relation.RELATED).theirs_id


def _card_left(card: Card, at: datetime) -> CardLeft:
    """Two people meet in one field of a card; Emre's words are left beside."""
    began = card.revision
    for slug, words in (("ayse-demir", "Von Ayşe."), ("emre-aydin", "Von Emre.")):
        saved = cards.save_card(card=card, says={"limits": words}, started_from=began, by=account(slug).actor, at=at)
    assert saved.left is not None
    card.refresh_from_db()
    return saved.left


def _full_text(at: datetime) -> FullText:
    work = Work.objects.get(citekey="vogt2021berufssprache")
    file = keep(b"%PDF-1.7", media_type="application/pdf", at=at)
    return FullText.objects.create(
        work=work, file=file, name="Text.pdf", rights="open", licence="CC BY 4.0", added_at=at
    )


def _closed_review(emre: Account, at: datetime) -> str:
    made = reviews.begin_review(title="Probe abgeschlossen", question="Was half?", by=emre.actor, at=at)
    Review.objects.filter(pk=made.pk).update(state=Review.State.CLOSED, closed_at=at, closed_why="Probe")
    return made.slug


def _review_text(review: Review, at: datetime) -> int:
    item = review.items.earliest("place")
    file = keep(PIXEL, media_type="image/png", at=at)
    return FullText.objects.create(work=item.work, name="probe.png", file=file, added_at=at).pk


def word_file() -> bytes:
    """A Word file with a heading, a sentence and a picture."""
    document = Document()
    document.add_heading("Überschrift", 1)
    document.add_paragraph("Ein Satz.")
    document.add_picture(BytesIO(PIXEL))
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _brought(jana: Account, draft: Output, at: datetime) -> BroughtIn:
    return bringing_in.lay_down(
        word_file(), name="Text.docx", kind=draft.kind, language="de", output=None, account=jana, at=at
    )


def _calendar(jana: Account, at: datetime) -> str:
    key = calendar_keys.make_address(jana, by=jana.actor, at=at)
    return calendar_keys.address_of(key).rpartition("/")[2].removesuffix(".ics")


def _barrier(at: datetime) -> int:
    given = {"page": "/recht/", "name": "Ada Probe", "mail": "ada@example.org", "language": "de"}
    return barriers.report(words="Der Knopf fehlt.", connection="192.0.2.1", by=BY, at=at, **given).pk


def _redirect(emre: Account, at: datetime) -> int:
    common = {"account": emre, "by": emre.actor, "at": at}
    return redirects.set_redirect(None, old="/alt/zwei", new="/themen/", note="Umzug", **common).pk


def _placed(emre: Account, at: datetime) -> int:
    """A text stands in one place as a draft; another one waits to be put into one."""
    common = {"account": emre, "by": emre.actor, "at": at}
    about = place_called("about")
    assert about is not None
    pages.write(about, **common)
    kind = Concept.objects.get(key="out-page")
    return outputs.start(title="Noch ohne Ort", kind=kind, language="de", body="Text.", **common).pk


def _invitation(at: datetime) -> Invitation:
    """Sent long enough ago to be sent again."""
    lead = account("ruth-sommerfeld")
    made = invite(
        account=lead, mail="einladung@example.org", project=Project.objects.get(key="iq-ni-land"), project_role="adviser",
        at=at - timedelta(hours=1),
    )  # fmt: skip
    return made


def _link_in(letter: Letter) -> str:
    """The token of the link in a letter."""
    return first_link(letter).rstrip("/").rsplit("/", 1)[1]


def _mail(subject: str, at: datetime) -> Mail:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = (
        "Nora Neu <nora@example.org>",
        subject,
        f"<{len(subject)}@example.org>",
    )
    made.set_content("Guten Tag, er hat eine Duldung.")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Bescheid.pdf")
    take(BytesIO(bytes(made)), by=BY, at=at)
    return Mail.objects.get(subject=subject)


def _closed_mail(at: datetime) -> Mail:
    return close_mail(mail=_mail("Erledigt", at), why="Beantwortet", account=account("emre-aydin"), at=at)


def _mailed(at: datetime) -> MailedAnswer:
    recipient = Recipient.objects.filter(dispatch__state=Dispatch.State.SENT, answer="").earliest("pk")
    return MailedAnswer.objects.create(
        recipient=recipient, key="probe", from_address="mia@example.org", sender="unverified", words="Wir nutzen es.",
        received_at=at,
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


def _table(text: str, at: datetime) -> TableBatch:
    """A table of persons, given by the administrator and checked."""
    sam = account("sam-okafor")
    content = text.format(mail=Person.objects.get(slug="jens-ahlers").mail).encode()
    batch = intake.give_table(
        kind="persons", name="probe.csv", content=content, purpose="Probe", by=sam.actor, at=at
    )  # fmt: skip
    deliver_all(at=at)
    batch.refresh_from_db()
    intake.choose_columns(batch=batch, columns=batch.columns, by=sam.actor, at=at)
    deliver_all(at=at)
    batch.refresh_from_db()
    return batch


def _imported(at: datetime) -> TableBatch:
    return intake.carry_out(batch=_table(IMPORTED, at), by=account("sam-okafor").actor, at=at)


def _mark_ahead(at: datetime) -> FundingMark:
    """A mark that nobody has seen yet."""
    period = FundingPeriod.objects.get(key="iq-2026-2028")
    ahead = period.valid_until or date(2028, 12, 31)
    return programmes.save_mark(
        period=period, funder_de="Probe", position=7, valid_from=ahead, logo=PIXEL, by=BY, at=at
    )  # fmt: skip


def _recut(at: datetime) -> Recut:
    """The regional networks of IQ cut anew for 2028: one new network, to which nothing is assigned yet."""
    rin = Network.objects.get(key="iq-rin-ni").level
    day = date(2028, 1, 1)
    Network.objects.create(key="probe-rin", level=rin, name_de="RIN Probe", valid_from=day)
    parts = Level.objects.get(projects__key="iq-ni-land")
    return programmes.plan_recut(old_level=rin, new_level=rin, project_level=parts, on=day, by=BY, at=at)
