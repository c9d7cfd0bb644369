"""``fetch_laws``: ask the official portal for what is new, and import it."""

import time
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.rooms.law import portal
from nahtstelle.rooms.law.portal_contents import PortalTrouble
from nahtstelle.rooms.law.telling import Telling, in_english

BY = system("portal")


class Command(BaseCommand):
    help = "Fetch new and changed laws from the official portal; killed, it goes on where it stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "nahtstelle manage fetch_laws"
        parser.add_argument("--base", default=portal.OFFICIAL, metavar="ADDRESS", help="The portal's address.")
        parser.add_argument("--only", nargs="+", metavar="SLUG", help="Only these laws, for example aufenthg_2004.")
        parser.add_argument(
            "--delay", type=float, default=0.75, metavar="SECONDS", help="Pause before each question (0.75)."
        )
        parser.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help="Longest silence (30).")
        parser.add_argument(
            "--preview", action="store_true", help="Stop before anything is changed; confirm on the import's page."
        )

    @in_english
    def handle(
        self, *, base: str, only: list[str] | None, delay: float, timeout: float, preview: bool, **_options: Any
    ) -> None:
        manners = portal.Manners(
            delay=delay, jitter=delay / 2, timeout=timeout, pause=time.sleep, clock=timezone.now,
            chance=Random(),  # noqa: S311 - a pause needs no secret
        )  # fmt: skip
        telling = Telling(self.stdout)
        base = base.rstrip("/")
        try:
            slugs = only or portal.table_of_contents(base, manners)
            batch = portal.begin(base, whole=not only, by=BY, at=timezone.now())
            for step in portal.fetch(batch, base, slugs, manners=manners, by=BY):
                telling.now_and_then(f"{step.number} of {step.total} laws asked for", at=time.monotonic())
        except (PortalTrouble, Refusal, StorageTrouble) as trouble:
            raise CommandError(str(trouble)) from trouble
        telling.carry(batch, confirm=not preview, by=BY)
