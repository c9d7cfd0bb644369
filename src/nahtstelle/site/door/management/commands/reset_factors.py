"""``nahtstelle manage reset_factors mail --why "…"``: for the day on which nobody is left who could do it by page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.people.queries import account_for
from nahtstelle.site.door.factors import reset


class Command(BaseCommand):
    help = "Takes all second factors of an account away; the person is told by mail and sets up a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mail")
        parser.add_argument("--why", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        account = account_for(options["mail"])
        if account is None:
            raise CommandError(f"Nobody signs in with {options['mail']}.")
        try:
            count = reset(account=account, why=options["why"], by=system("operator"), at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} second factors were reset.")
