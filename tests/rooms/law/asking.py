"""Asking for pages of law and reading what they say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import lxml.html
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import acts
from nahtstelle.rooms.law.models import Act, PlannedChange
from tests.rooms.law.making import NOW, the_law

As = Callable[[Account | None], Client]


def page(response: Any) -> Any:
    assert response.status_code == 200, response.content.decode()[:2000]
    return lxml.html.fromstring(response.content)


def said(response: Any) -> str:
    return " ".join(page(response).text_content().split())


def select(tree: Any, path: str) -> list[Any]:
    """Elements by a plain selector: names, classes, descendants, children (">"), several with commas."""
    return tree.xpath(" | ".join(_xpath(one) for one in path.split(",")))


def _xpath(path: str) -> str:
    found, step = "", "//"
    for word in path.split():
        if word == ">":
            step = "/"
            continue
        name, *classes = word.split(".")
        wanted = "".join(f'[contains(concat(" ", normalize-space(@class), " "), " {c} ")]' for c in classes)
        found += f"{'.' if not found else ''}{step}{name or '*'}{wanted}"
        step = "//"
    return found


def texts(tree: Any, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in select(tree, path)]


def act_with_line(jana: Account, **line: Any) -> tuple[Act, PlannedChange]:
    common = {"account": jana, "by": jana.actor, "at": NOW}
    act = acts.record_act(title="Ein Gesetz zur Änderung", stage=Act.Stage.BUNDESTAG, **common)
    values = {"law": the_law(), "old_citation": "§ 3", "kind": "amended", "in_force": date(2027, 1, 1), **line}
    plan = acts.plan_change(act, revision=1, **values, **common)
    act.refresh_from_db()
    return act, plan


def number_of_queries(client: Client, address: str) -> int:
    client.get(address)  # whatever is remembered between requests is remembered now
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
