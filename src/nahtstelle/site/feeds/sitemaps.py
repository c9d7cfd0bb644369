"""What search engines may find: every public page with a text of its own, in parts of a few thousand addresses."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from nahtstelle.engines.lawtext.values import NormKind
from nahtstelle.register.programmes.models import Network, Programme, Project
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.law.models import Act, Law, Provision, Reading
from nahtstelle.rooms.library.models import CardEdition
from nahtstelle.rooms.library.queries.studies import published as published_studies
from nahtstelle.rooms.outputs import queries
from nahtstelle.rooms.outputs.models import Output

PAGES = ("home", "about", "imprint", "privacy", "accessibility", "topics:topics", "outputs:outputs", "studies:studies", "studies:map", "law:laws", "law:recent",
         "law:announcements", "law:acts", "programmes:programmes", "vocabulary:facets")  # fmt: skip


class Part(Sitemap):
    """A part of the map; its addresses begin with the site's own, whatever the request was sent to."""

    limit = 5000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc


class Pages(Part):
    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class Outputs(Part):
    def items(self) -> QuerySet[Output]:
        found = queries.chosen(AnonymousUser(), queries.Choice(), on=timezone.localdate())
        return found.only("slug", "published_at").order_by("pk")

    def location(self, item: Output) -> str:
        return reverse("outputs:output", args=[item.slug])

    def lastmod(self, item: Output) -> datetime | None:
        return item.published_at

    def get_latest_lastmod(self) -> datetime | None:
        return self.items().order_by().aggregate(last=Max("published_at"))["last"]


class Studies(Part):
    def items(self) -> QuerySet[CardEdition]:
        return (
            published_studies().select_related("card__work").only("published_at", "card__work__citekey").order_by("pk")
        )

    def location(self, item: CardEdition) -> str:
        return reverse("studies:study", args=[item.card.work.citekey])

    def lastmod(self, item: CardEdition) -> datetime:
        return item.published_at

    def get_latest_lastmod(self) -> datetime | None:
        return published_studies().order_by().aggregate(last=Max("published_at"))["last"]


class Laws(Part):
    def items(self) -> QuerySet[Law]:
        return Law.objects.annotate(seen=Max("readings__first_seen")).order_by("pk")

    def location(self, item: Law) -> str:
        return reverse("law:law", args=[item.slug])

    def lastmod(self, item: Any) -> date | None:
        return item.seen

    def get_latest_lastmod(self) -> date | None:
        return Reading.objects.aggregate(last=Max("first_seen"))["last"]


class Provisions(Part):
    def items(self) -> QuerySet[Provision]:
        shown = Provision.objects.filter(gone=False).exclude(kind__in=[NormKind.CONTENTS, NormKind.STRUCTURE])
        return shown.select_related("law").only("pk", "law__slug").order_by("pk")

    def location(self, item: Provision) -> str:
        return reverse("law:provision", args=[item.law.slug, item.pk])


class Keyed(Part):
    """Things whose page is found by a key of theirs."""

    def __init__(self, model: Any, name: str, field: str) -> None:
        self.model, self.name, self.field = model, name, field

    def items(self) -> QuerySet[Any]:
        return self.model.objects.only("pk", self.field).order_by("pk")

    def location(self, item: Any) -> str:
        return reverse(self.name, args=[getattr(item, self.field)])


SITEMAPS: dict[str, Part] = {
    "seiten": Pages(),
    "veroeffentlichungen": Outputs(),
    "studien": Studies(),
    "gesetze": Laws(),
    "vorschriften": Provisions(),
    "aenderungsgesetze": Keyed(Act, "law:act", "slug"),
    "programme": Keyed(Programme, "programmes:programme", "key"),
    "netzwerke": Keyed(Network, "programmes:network", "key"),
    "projekte": Keyed(Project, "programmes:project", "key"),
    "vokabular": Keyed(Concept, "vocabulary:concept", "key"),
}
CLOSED = (
    "/schreibtisch/",
    "/anmeldung/",
    "/einladungen/",
    "/einlesen/",
    "/post/",
    "/suche/",
    "/nachrichten/",
    "/personen/",
    "/organisationen/",
    "/versand/",
    "/bibliothek/",
    "/kalender/pflichten/",
    "/demo/",
)


def robots(request: HttpRequest) -> HttpResponse:
    """Where programs that read everything are welcome. A demo's invented law must not be found by anybody who seeks law."""
    closed = ["/"] if settings.DEMO else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not settings.DEMO:
        lines += ["", f"Sitemap: {settings.BASE_URL}{reverse('feeds:sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
