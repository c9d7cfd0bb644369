"""A law bulletin drafted from an act: what is known is filled in, what a person must say is asked for.

The order follows what practitioners need (domain: what a useful law dissemination contains): headline, provisions and
dates, who is affected, what changes, what to do by role, regional deviation, our outputs affected, sources.
"""

import re
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.law.models import Act, Change, PlannedChange, Reading

from . import actions
from .asking import ask
from .facts import BulletinDrafted
from .models import Impact, Output, Wave

KIND = "out-law-bulletin"
MOST_OUTPUTS = 60


def draft_from_act(act: Act, *, language: str = "de", account: Account, by: Actor, at: datetime) -> Output:
    """Draft the bulletin of an act in one language."""
    with override(language), transaction.atomic():
        lines = list(act.changes.select_related("law", "reverses__act").prefetch_related("status_groups", "reversals"))
        title = _("Change of law: %s") % act
        body = "\n\n".join(
            [
                _stage(act),
                _heading(_("Which provisions, from when"), _provisions(lines)),
                _heading(_("Who is affected"), _groups(lines)),
                _heading(_("What changes"), _summaries(lines)),
                _to_do(),
                _heading(_("Deviations of the Länder"), _deviations(lines)),
                _heading(_("Our texts on this"), _affected(Impact.objects.filter(wave__act=act))),
                _heading(_("Sources"), _sources(act)),
                _disclaimer(),
            ]
        )
        return _start(title, body, act=act, language=language, account=account, by=by, at=at)


def draft_from_reading(
    reading: Reading, *, wave: Wave | None = None, language: str = "de", account: Account, by: Actor, at: datetime
) -> Output:
    """Draft a bulletin from what a new reading changed, where no act was recorded."""
    with override(language), transaction.atomic():
        changes = list(
            Change.objects.filter(reading=reading, substance=True)
            .select_related("provision")
            .order_by("provision__position")
        )
        day = date_format(reading.first_seen)
        title = _("%(law)s changed (seen on %(day)s)") % {"law": reading.law.citation, "day": day}
        rows = "\n".join(
            _row(
                _cited(change.old_designation, reading),
                _cited(change.new_designation, reading),
                _kind(change.kind),
                change.provision.title,
            )
            for change in changes
        )
        head = _row(_("old"), _("new"), _("kind"), _("heading"))
        table = f"{head}\n|---|---|---|---|\n{rows}"
        body = "\n\n".join(
            [
                _("The official text of %(law)s shows these changes since %(day)s. The day of entry into force is to be "
                  "checked in the gazette.") % {"law": reading.law.citation, "day": day},
                _heading(_("Which provisions, from when"), table),
                _heading(_("Who is affected"), ask(_("Which groups, by legal status?"))),
                _heading(_("What changes"), ask(_("Before and after, in three lines."))),
                _to_do(),
                _heading(_("Our texts on this"), _affected(Impact.objects.filter(wave__reading=reading))),
                _disclaimer(),
            ]
        )  # fmt: skip
        return _start(title, body, act=None, wave=wave, language=language, account=account, by=by, at=at)


def _start(
    title: str,
    body: str,
    *,
    act: Act | None,
    wave: Wave | None = None,
    language: str,
    account: Account,
    by: Actor,
    at: datetime,
) -> Output:
    output = actions.start(
        title=title[:300], kind=Concept.objects.get(key=KIND), language=language, body=body, stand=timezone.localdate(at),
        account=account, by=by, at=at,
    )  # fmt: skip
    if act is not None:
        output.about_act = act
        output.save(update_fields=["about_act"])
        groups = Concept.objects.filter(pk__in=act.changes.values("status_groups"))
        output.concepts.add(*groups)
        record(BulletinDrafted(output_id=output.pk, act_id=act.pk), by=by, at=at, touched=[output, act])
    if wave is not None:
        output.drafted_for = wave
        output.save(update_fields=["drafted_for"])
    return output


def _heading(words: str, body: str) -> str:
    return f"## {words}\n\n{body}"


def _kind(kind: str) -> str:
    return {
        "added": _("new"), "removed": _("gone"), "amended": _("amended"), "renumbered": _("renumbered"),
        "split": _("split off"), "merged": _("merged into another"), "repealed": _("repealed"),
        "re-enacted": _("in force again"),
    }.get(kind, kind)  # fmt: skip


def _stage(act: Act) -> str:
    said = f"**{act.get_stage_display()}**"
    if act.promulgated:
        said += f" · {date_format(act.promulgated)}"
    if act.gazette:
        said += f" · {act.gazette}"
    if act.stage not in (Act.Stage.PROMULGATED, Act.Stage.IN_FORCE):
        said += "\n\n:::achtung " + _("Not yet law") + "\n"
        said += _("Nothing of this is in force before it was promulgated in the gazette.") + "\n:::"
    return said


def _provisions(lines: list[PlannedChange]) -> str:
    head = _row(_("old"), _("new"), _("kind"), _("in force on"), _("until"), _("transitional rule"))
    rows = [head, "|---|---|---|---|---|---|"]
    for line in lines:
        kind = str(line.get_kind_display())
        if line.reversed_on:
            kind = f"~~{kind}~~ " + _("taken back on %s") % date_format(line.reversed_on)
        if line.reverses:
            kind += " – " + _("against the plan of: %s") % line.reverses.act
        cells = [
            _with_law(line.old_citation, line), _with_law(line.new_citation, line), kind,
            date_format(line.in_force) if line.in_force else _("open"),
            date_format(line.until) if line.until else "–", line.transition.replace("\n", " ") or "–",
        ]  # fmt: skip
        rows.append(_row(*cells))
    return "\n".join(rows)


def _row(*cells: str) -> str:
    """A row of a table; a stroke within a cell would begin another."""
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _cited(designation: str, reading: Reading) -> str:
    """A provision with its law, as a citation: so the bulletin itself is told when it changes again."""
    return f"{designation} {reading.law.citation}" if designation else "–"


def _with_law(citation: str, line: PlannedChange) -> str:
    if not citation:
        return "–"
    return citation if line.law.citation in citation else f"{citation} {line.law.citation}"


def _groups(lines: list[PlannedChange]) -> str:
    names = sorted({group.name for line in lines for group in line.status_groups.all()})
    return "\n".join(f"- {name}" for name in names) or ask(_("Which groups, by legal status? Who is not affected?"))


def _summaries(lines: list[PlannedChange]) -> str:
    said = [
        f"- **{_with_law(line.new_citation or line.old_citation, line)}:** {line.summary}"
        for line in lines
        if line.summary
    ]
    return "\n".join(said) or ask(_("Before and after, in three lines."))


def _to_do() -> str:
    roles = [
        _("Advisers"),
        _("Job centres and employment agencies"),
        _("Employers"),
        _("Authorities"),
        _("Coordinators"),
    ]
    question = ask(_("What, until when?"))
    return _heading(_("What to do now"), "\n\n".join(f"### {role}\n\n{question}" for role in roles))


def _deviations(lines: list[PlannedChange]) -> str:
    said = [f"- **{_with_law(line.new_citation or line.old_citation, line)}:** {line.land_deviation}" for line in lines if line.land_deviation]  # fmt: skip
    return "\n".join(said) or _("None are known to us.")


def _affected(impacts: object) -> str:
    # A bulletin is read by everybody; what only staff or the programmes may read is not named in it.
    public = impacts.filter(output__audience=Output.Audience.PUBLIC)
    rows = public.select_related("output__edition").order_by("output__title", "verdict")[:MOST_OUTPUTS]
    seen: dict[int, str] = {}
    for impact in rows:
        output = impact.output
        seen.setdefault(
            output.pk,
            f"- [{_plain(output.edition.title if output.edition else output.title)}]({reverse('outputs:output', args=[output.slug])}) – {impact.get_verdict_display()}",
        )
    return "\n".join(seen.values()) or _("None of our published texts cites these provisions.")


def _plain(words: str) -> str:
    """A title as plain words of Markdown."""
    return re.sub(r"([\\\[\]*_`|<~])", r"\\\1", words)


def _sources(act: Act) -> str:
    said = [f"- {line.strip()}" for line in act.sources.splitlines() if line.strip()]
    if act.gazette:
        said.insert(0, f"- {act.gazette}")
    return "\n".join(said) or ask(_("Gazette, printed papers, application notes."))


def _disclaimer() -> str:
    # Not with asterisks: there is one in the German word for multipliers, where the emphasis would end.
    return "_" + _("This is information for multipliers, not legal advice in an individual case.") + "_"
