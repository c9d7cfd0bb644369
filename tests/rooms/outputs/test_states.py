"""The life of a text as a page of the documentation: every step tried in every state, and what became of it.

``WRITE_PAGES=1 pytest tests/rooms/outputs/test_states.py`` writes the page anew.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.rooms.outputs import actions, rules
from nahtstelle.rooms.outputs.models import Output
from tests.rooms.outputs.making import NOW, Cast, act_as, draft, published, write

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "output-states.md"
State, Progress = Output.State, Output.Progress
Step = Callable[[Output], object]
HEAD = """# The life of a text

Two things are told apart: what readers have (`state`) and where the working text stands on its way to the next edition
(`progress`). Who may take a step stands in `rules.py`; this page shows which steps there are. It is made by trying every
step in every state (`tests/rooms/outputs/test_states.py`), so it cannot say anything else than the code. A plus means that
the working text holds something readers do not have yet. `published` stands for `under_review` too: a change of law puts a
published text under review and the answer to it takes it back, whatever happens to the working text.

"""


def steps(cast: Cast) -> dict[str, Step]:
    """Each step, taken by somebody who may."""
    later = NOW + timedelta(days=1)
    return {
        "write": lambda o: write(o, cast.emre, body=f"{o.body} Und noch einer."),
        "submit": lambda o: actions.submit(o, **act_as(cast.emre)),
        "send back": lambda o: actions.send_back(o, words="Kürzer.", **act_as(cast.ruth)),
        "sign off": lambda o: actions.sign_off(o, revision=o.revision, **act_as(cast.ruth)),
        "release": lambda o: actions.release(o, **act_as(cast.konrad)),
        "schedule": lambda o: actions.schedule(o, publish_at=later, **act_as(cast.ruth)),
        "publish": lambda o: actions.publish(o, **act_as(cast.ruth)),
        "withdraw": lambda o: actions.withdraw(o, why="falsch", **act_as(cast.ruth)),
        "supersede": lambda o: actions.supersede(
            o, successor=Output.objects.get(slug="nachfolger"), **act_as(cast.ruth)
        ),
        "take up": lambda o: actions.take_up_again(o, **act_as(cast.emre)),
    }


def standing(output: Output) -> str:
    """ "published/draft" and, where the working text holds what readers do not have, "published/draft+"."""
    news = output.state == State.PUBLISHED and output.progress == Progress.DRAFT and rules.has_news(output)
    return f"{State(output.state).value}/{Progress(output.progress).value}{'+' if news else ''}"


def walk(cast: Cast, *, needs_release: bool) -> dict[tuple[str, str], str]:
    """(standing, step) → the standing after it, of all that can be reached from a draft."""
    output = draft(cast.emre)
    output.programmes.add(cast.ivaf)
    Output.objects.filter(pk=output.pk).update(needs_release=needs_release)
    found: dict[tuple[str, str], str] = {}
    roads: list[list[str]] = [[]]
    seen: set[str] = set()
    while roads:
        road = roads.pop(0)
        with transaction.atomic():
            for name in road:
                steps(cast)[name](Output.objects.get(pk=output.pk))
            before = standing(Output.objects.get(pk=output.pk))
            for name, step in steps(cast).items() if before not in seen else ():
                with transaction.atomic():
                    after = _try(Output.objects.get(pk=output.pk), step)
                    transaction.set_rollback(True)
                if after:
                    found[before, name] = after
                    roads.append([*road, name])
            transaction.set_rollback(True)
        seen.add(before)
    return found


def _try(output: Output, step: Step) -> str:
    try:
        step(output)
    except Refusal:
        return ""
    return standing(Output.objects.get(pk=output.pk))


def drawn(found: dict[tuple[str, str], str], title: str) -> str:
    lines = [f"## {title}", "", "| readers have / working text | step | then |", "|---|---|---|"]
    lines += [f"| {before} | {step} | {after} |" for (before, step), after in found.items()]
    names = sorted({name for (before, _step), after in found.items() for name in (before, after)})
    lines += ["", "```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{name}" as {_plain(name)}' for name in names]
    lines += ["  [*] --> draft_draft"]
    lines += [
        f"  {_plain(before)} --> {_plain(after)}: {step}" for (before, step), after in found.items() if before != after
    ]
    return "\n".join([*lines, "```", ""])


def _plain(name: str) -> str:
    return name.replace("/", "_").replace("+", "_new")


def test_the_page_of_the_states_is_what_the_code_does(cast: Cast) -> None:
    published(cast, title="Nachfolger")
    page = HEAD + "\n".join(
        [
            drawn(walk(cast, needs_release=False), "Without the funder's release"),
            drawn(walk(cast, needs_release=True), "With the funder's release"),
        ]
    )
    if os.environ.get("WRITE_PAGES"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page
