"""``nahtstelle manage first_account "Name" mail``: the first person of an empty centre, its head."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.people.actions import add_person, create_account, grant_role
from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.people.queries import keepers
from nahtstelle.site.desk.passwords import link_for


class Command(BaseCommand):
    help = "Adds the head of an empty centre and prints the link with which they set their password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("mail")
        parser.add_argument("--language", choices=["de", "en"], default="de")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        if keepers(on=today).exists():
            raise CommandError("Somebody here may open accounts already; ask them.")
        who: dict[str, Any] = {"by": system("operator"), "at": now}
        try:
            with transaction.atomic():
                person = add_person(name=options["name"], mail=options["mail"], language=options["language"], **who)
                grant_role(person=person, role=CentreRole.Role.LEAD, valid_from=today, **who)
                account = create_account(person=person, **who)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(link_for(account))
