"""The demo from nothing to full and back, in a home of its own, as an operator gets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import django; django.setup()
from nahtstelle.register.people.models import Person
from django.utils import timezone
from nahtstelle.site.demo.moments import TOUR_DAY
from nahtstelle.site.demo.preparing import prepare
prepare(reset={reset})
if {add}: Person.objects.create(slug="besuch", name="Besuch")
print("RESULT", Person.objects.filter(slug="besuch").count(), Person.objects.count() > 60, timezone.localdate() - TOUR_DAY)
"""


@pytest.mark.skipif("NAHTSTELLE_DATABASE_URL" in os.environ, reason="makes and drops a database file of its own")
def test_a_reset_forgets_what_visitors_changed_and_a_restart_does_not(tmp_path: Path, root: Path) -> None:
    environment = os.environ | {
        "NAHTSTELLE_DEMO": "1", "NAHTSTELLE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "nahtstelle.site.settings"
    }  # fmt: skip

    def run(*, reset: bool, add: bool) -> str:
        ask = ASK.format(reset=reset, add=add)
        done = subprocess.run([sys.executable, "-c", ask], env=environment, cwd=root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))

    assert run(reset=False, add=True) == "RESULT 1 True 0:00:00"
    assert run(reset=False, add=False) == "RESULT 1 True 0:00:00"
    assert run(reset=True, add=False) == "RESULT 0 True 0:00:00"
