"""The demo's two acts of amendment: one that planned a replacement, and the later one that took the plan back."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from nahtstelle.rooms.law import acts
from nahtstelle.rooms.law.models import Act, Law, PlannedChange
from nahtstelle.rooms.outputs.models import Output

from .company import LEGAL, Company

STAGED = ("enacted", "promulgated", "gazette")
WORDS = {"old": "old_citation", "new": "new_citation"}
SAME = ("kind", "in_force", "until", "summary", "transition", "land_deviation")


class Amending:
    """Carries out ``story/acts.yaml`` event by event; remembers acts and lines by the names they have there."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.acts: dict[str, Act] = {}
        self.lines: dict[str, PlannedChange] = {}
        self.laws: dict[str, Law] = {}

    def happen(self, row: dict[str, Any], event: dict[str, Any], *, at: datetime) -> None:
        """One event: a stage reached, a line recorded or altered, the announcement to those who cite."""
        who = self.company.acting(LEGAL)
        name = row["act"]
        if "stage" in event:
            values = {key: event[key] for key in STAGED if key in event}
            self._reach(row, event["stage"], values, at=at, who=who)
        if "line" in event:
            self._plan(name, event["line"], at=at, who=who)
        if event.get("announce"):
            act = self.acts[name]
            acts.announce(act, revision=act.revision, at=at, **who)
        if "bulletin" in event:
            Output.objects.filter(slug=event["bulletin"]).update(about_act=self.acts[name])

    def _reach(self, row: dict[str, Any], stage: str, values: dict[str, Any], *, at: datetime, who: Any) -> None:
        name = row["act"]
        if name not in self.acts:
            said = {key: row[key] for key in ("title", "short_title", "sources", "note") if key in row}
            made = acts.record_act(stage=stage, stage_on=timezone.localdate(at), at=at, **said, **values, **who)
            # Its address is made from its title and day; links of the demo want the short name of the story.
            Act.objects.filter(pk=made.pk).update(slug=name)
            self.acts[name] = Act.objects.get(pk=made.pk)
            return
        act = self.acts[name]
        self.acts[name] = acts.change_act(
            act, revision=act.revision, stage=stage, stage_on=timezone.localdate(at), at=at, **values, **who
        )

    def _plan(self, name: str, line: dict[str, Any], *, at: datetime, who: Any) -> None:
        act = Act.objects.get(pk=self.acts[name].pk)
        values: dict[str, Any] = {field: line[key] for key, field in WORDS.items() if key in line}
        values |= {key: line[key] for key in SAME if key in line}
        if "law" in line:
            values["law"] = self._law(line["law"])
        if "reverses" in line:
            values["reverses"] = self.lines[line["reverses"]]
        groups = [self.company.concepts[key] for key in line["groups"]] if "groups" in line else None
        self.lines[line["name"]] = acts.plan_change(
            act, change=self.lines.get(line["name"]), revision=act.revision, why=line.get("why", ""),
            status_groups=groups, at=at, **values, **who,
        )  # fmt: skip
        self.acts[name] = Act.objects.get(pk=act.pk)

    def _law(self, slug: str) -> Law:
        if slug not in self.laws:
            self.laws[slug] = Law.objects.get(slug=slug)
        return self.laws[slug]
