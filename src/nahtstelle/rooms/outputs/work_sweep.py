"""The sweep after something befell a study: whatever rests on it is found, its owners get a duty, its readers a banner.

As with law (``sweep``) one statement finds the outputs, however many there are. A study is meant by whoever cites it, one
that was merged into it, or one it was merged into.
"""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.rooms.library.models import Card, CardEdition, Notice, Work
from nahtstelle.rooms.library.queries.works import families, root_of, roots_of

from .models import Impact, Output, Wave, WorkCitation
from .opening import Statement, due_day, make_moot, open_wave, reach, tables

Verdict = Impact.Verdict
OF_NOTICE = {
    Notice.Kind.RETRACTION: Verdict.RETRACTED, Notice.Kind.CONCERN: Verdict.CONCERN,
    Notice.Kind.SUPERSEDED: Verdict.SUPERSEDED, Notice.Kind.CORRECTION: Verdict.CORRECTED,
}  # fmt: skip
OF_CARDS = (Verdict.CARD_CHANGED, Verdict.CARD_WITHDRAWN)

# One row for each output; the sentence it names is the first of the text that rests on the work.
_INTO = """
INSERT INTO {impact}
       (wave_id, output_id, work_id, change_id, provision_id, announced_for, outcome, reason, verdict, claims, claim)
SELECT %(wave)s, s.output_id, %(work)s, NULL, NULL, NULL, '', '', %(verdict)s, s.claims, s.claim
  FROM (SELECT c.output_id, c.claim, COUNT(*) OVER (PARTITION BY c.output_id) AS claims,
               ROW_NUMBER() OVER (PARTITION BY c.output_id ORDER BY c.position, c.id) AS place
          FROM {citation} c
          JOIN {output} o ON o.id = c.output_id AND o.state IN ('published', 'under_review')
         WHERE c.work_id IN ({family}) AND c.published {only}) s
 WHERE s.place = 1
    ON CONFLICT DO NOTHING
"""


def verdict_of(wave: Wave) -> Impact.Verdict:
    if wave.notice is not None:
        return OF_NOTICE[Notice.Kind(wave.notice.kind)]
    return Verdict.CARD_WITHDRAWN if wave.card_withdrawn else Verdict.CARD_CHANGED


def _statement(wave: Wave, *, only: Output | None = None) -> Statement:
    assert wave.work is not None
    impact, citation, output = tables(Impact, WorkCitation, Output)
    family = sorted(families([root_of(wave.work).pk]))
    sql = _INTO.format(
        impact=impact, citation=citation, output=output,
        family=", ".join(f"%(work{number})s" for number in range(len(family))),
        only="AND c.output_id = %(output)s" if only is not None else "",
    )  # fmt: skip
    params = {f"work{number}": pk for number, pk in enumerate(family)}
    params |= {"wave": wave.pk, "work": wave.work_id, "verdict": verdict_of(wave).value}
    if only is not None:
        params["output"] = only.pk
    return sql, params


def sweep_notice(notice: Notice, *, by: Actor, at: datetime) -> Wave | None:
    """Open the wave of a correction, retraction …; None where nothing published rests on the work. Twice it does nothing."""
    if notice.lifted_at is not None:
        return None
    wave, _made = Wave.objects.get_or_create(
        notice=notice, defaults={"work": root_of(notice.work), "opened_at": at, "due": due_day(at)}
    )
    return open_wave(wave, _statement(wave), by=by, at=at)


def lift(notice: Notice, *, by: Actor, at: datetime) -> None:
    """The notice was a mistake: whoever has not answered yet need not, and the banners go."""
    because = notice.lifted_why or str(notice.get_kind_display())
    make_moot(Impact.objects.filter(settled_at=None, wave__notice=notice), because, by=by, at=at)


def sweep_card(edition: CardEdition, *, withdrawn: bool, by: Actor, at: datetime) -> Wave | None:
    """Open the wave of a card that says something else now, or is no longer ours.

    What an earlier edition of the card had set in motion and nobody answered yet is asked by this wave.
    """
    if Wave.objects.filter(card_edition=edition, card_withdrawn=withdrawn).exists():
        return None
    earlier = Impact.objects.filter(settled_at=None, wave__card_edition__card=edition.card_id)
    make_moot(earlier, f"{edition.card.work}: {edition.number}", by=by, at=at)
    wave = Wave.objects.create(
        work=root_of(edition.card.work), card_edition=edition, card_withdrawn=withdrawn, opened_at=at, due=due_day(at)
    )
    return open_wave(wave, _statement(wave), by=by, at=at)


def catch_up(output: Output, *, since: datetime, by: Actor, at: datetime) -> None:
    """Bring an output that was just published into the waves of what befell its studies after its text was submitted."""
    cited = Work.objects.filter(pk__in=output.work_citations.filter(published=True).exclude(work=None).values("work"))
    roots = roots_of(cited)
    if not roots:
        return
    family = set(families({root.pk for root in roots.values()}))
    for notice in Notice.objects.filter(work__in=family, noted_at__gt=since, lifted_at=None).select_related("work"):
        wave, _made = Wave.objects.get_or_create(
            notice=notice, defaults={"work": root_of(notice.work), "opened_at": at, "due": due_day(at)}
        )
        reach(wave, output, _statement(wave, only=output), by=by, at=at)
    newest: dict[int, Wave] = {}
    cards = Wave.objects.filter(card_edition__card__work__in=family, opened_at__gt=since).select_related(
        "work", "card_edition"
    )
    for wave in cards.order_by("pk"):
        assert wave.card_edition is not None
        newest[wave.card_edition.card_id] = wave
    for wave in newest.values():
        reach(wave, output, _statement(wave, only=output), by=by, at=at)


def edition_taken_away(card: Card) -> CardEdition | None:
    """The edition readers had of a card that was withdrawn."""
    return card.edition or card.editions.first()
