"""Somebody who keeps the register brings in a list of contacts, looks at every row, and takes it back again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.people.models import Person
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey
ROWS = """Vorname;Nachname;E-Mail;Rolle;Programm;von
Ada;Lang;ada.lang@example.org;Beratung;IQ;01.12.2026
Bo;Berg;bo;Beratung;IQ;01.12.2026
Jens;Ahlers-Neu;{mail};Beratung;IQ;01.12.2026
"""


def test_contacts_are_brought_in_looked_at_and_taken_back(
    demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[..., None], tmp_path: Path
) -> None:
    jens = Person.objects.get(slug="jens-ahlers")
    table = tmp_path / "kontakte.csv"
    table.write_text(ROWS.format(mail=jens.mail.upper()), encoding="cp1252")
    me = visitor()
    me.comes_in_as("Sam Okafor")
    gives_the_table(me, table)
    axe(me.page)
    me.follows("Assign the columns", within="#main")
    me.sees("ada.lang@example.org", plain=True)
    axe(me.page)
    me.presses("Check the rows", within="#main")
    the_worker_goes_on(me)
    me.sees("“%(said)s” is no e-mail address.", said="bo")
    axe(me.page)
    decides_by_keyboard(me)
    axe(me.page)
    me.follows("Import these rows", within="#main")
    axe(me.page)
    me.presses("Import now", within="#main")
    the_worker_goes_on(me)
    me.sees("Imported on")
    jens.refresh_from_db()
    assert (jens.name, Person.objects.filter(name="Ada Lang").count()) == ("Jens Ahlers-Neu", 1)
    me.follows("Undo the import", within="#main")
    axe(me.page)
    me.presses("Undo the import", within="#main")
    axe(me.page)
    the_worker_goes_on(me)
    me.sees("Undone on")
    jens.refresh_from_db()
    assert (jens.name, Person.objects.filter(name="Ada Lang").count()) == ("Jens Ahlers", 0)
    axe(me.page)


def gives_the_table(me: Visitor, table: Path) -> None:
    me.goes_to("Imports of contacts", group="People and mail")
    me.follows("Import a table", within="#main")
    me.page.locator("#id_table").set_input_files(table)
    me.fills("For what are the data kept?", "Zusammenarbeit im Programm")
    me.presses("Read the table", within="#main")
    the_worker_goes_on(me)


def the_worker_goes_on(me: Visitor) -> None:
    deliver_all(at=timezone.now())
    me.looks_again()


def decides_by_keyboard(me: Visitor) -> None:
    """The possible duplicate, field by field, with nothing but keys."""
    me.follows("Decide the duplicates", within="#main")
    merge = me.page.locator("input[name=decision][value=merge]")
    theirs = me.page.locator("input[name=field-name][value=theirs]")
    press_until(me, merge)
    me.page.keyboard.press("Space")
    press_until(me, me.page.locator("input[name=field-name][value=ours]"))
    me.page.keyboard.press("ArrowDown")
    assert theirs.is_checked()
    me.page.keyboard.press("Enter")
    me.page.wait_for_load_state()
    me.sees("All possible duplicates are decided.")


def press_until(me: Visitor, goal: Any) -> None:
    for _press in range(250):
        if goal.evaluate("goal => goal === document.activeElement"):
            return
        me.page.keyboard.press("Tab")
    raise AssertionError(f"Tab did not reach {goal}.")
