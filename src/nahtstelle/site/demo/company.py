"""Those who act in the demo's past, and the terms they use: looked up once."""

from datetime import date
from typing import Any

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.outputs import rules
from nahtstelle.rooms.outputs.models import Output

EDITOR, LEGAL, HEAD, FUNDER = "emre-aydin", "jana-wolters", "ruth-sommerfeld", "konrad-lehmbruck"
RESEARCHER = "marta-kowalczyk"
# Who is asked to read a text, in this order; the rules say whether they may.
READERS = (LEGAL, "dragan-petrovic", HEAD, "ayse-demir", EDITOR)


class Company:
    """Accounts by the slug of their person, programmes and concepts by their key."""

    def __init__(self) -> None:
        self.accounts = {account.person.slug: account for account in Account.objects.select_related("person")}
        self.concepts = {concept.key: concept for concept in Concept.objects.select_related("facet")}
        self.programmes = {programme.key: programme for programme in Programme.objects.all()}

    def acting(self, slug: str) -> dict[str, Any]:
        """Who acts, as every action wants to know it."""
        account = self.accounts[slug]
        return {"account": account, "by": account.actor}

    def reader_of(self, output: Output, *, on: date) -> str:
        """Somebody who may sign this text off. Raises ``LookupError`` with the reasons where nobody may."""
        reasons = []
        for slug in READERS:
            try:
                rules.check_may_review(self.accounts[slug], output, on=on)
            except Refusal as refusal:
                reasons.append(f"{slug}: {refusal}")
            else:
                return slug
        raise LookupError(f"Nobody in the demo may sign off {output.slug}. {' '.join(reasons)}")
