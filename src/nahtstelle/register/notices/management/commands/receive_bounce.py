"""``nahtstelle manage receive_bounce < mail``: what a mail server pipes returned mail into."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseTrouble
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.notices.actions import note_bounce

MOST = 2 * 1024 * 1024  # bytes read; the rest of a larger mail is a returned attachment
TRY_AGAIN = 75  # sysexits.h EX_TEMPFAIL: the mail server keeps the mail and pipes it again later


class Command(BaseCommand):
    help = (
        "Reads a mail that came back from standard input and notes the bounce. Ends with 75 when the database is away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MOST)
        while sys.stdin.buffer.read(MOST):
            pass  # to the end, or the mail server takes the closed pipe for a failure
        try:
            outcome = note_bounce(raw=raw, by=system("bounces"), at=timezone.now())
        except DatabaseTrouble as trouble:
            self.stderr.write(f"The database cannot be used: {trouble}")
            sys.exit(TRY_AGAIN)
        self.stdout.write(outcome.value)
