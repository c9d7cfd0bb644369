"""What every page's frame shows: navigation, account, breadcrumb's root, the demo ribbon."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.notices.queries import unread_count
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rights import KEEP_PEOPLE, KEEP_ROLES, KEEP_STRUCTURE
from nahtstelle.register.people.rules import check_operator
from nahtstelle.rooms.library.queries.teams import is_member_anywhere
from nahtstelle.site import clock
from nahtstelle.site.barriers.rules import READERS as BARRIER_READERS
from nahtstelle.site.pages.rules import KEEPERS as PAGE_KEEPERS
from nahtstelle.site.redirects.rules import KEEPERS as REDIRECT_KEEPERS

from .feeds.alternates import alternates

Way = tuple[str, str]  # what a link says, and where it leads


def frame(request: HttpRequest) -> dict[str, Any]:
    account = getattr(request, "user", None)
    known = isinstance(account, Account)
    forms = alternates(request)
    return {
        "alternates": forms,
        "site_name": settings.SITE_NAME,
        "home_url": reverse("home"),
        # On its own page the search has a larger box.
        "search_url": "" if request.path == reverse("search:search") else reverse("search:search"),
        "suggest_url": reverse("search:suggestions"),
        "demo": settings.DEMO,
        "demo_day": timezone.localdate() if clock.is_set() else None,
        "language_way": _without_variant(request),
        "nav": _links(request, _public_links(get_language())),
        "desk_nav": _desk_links(request, account) if known else [],
        "trail_base": reverse("machinery:trail"),
        "account": _account(account) if known else {"sign_in_url": reverse("desk:sign-in")},
        "footer_links": [*(form for form in forms if form["at_foot"]), *_footer(get_language(), settings.DEMO)],
        "footer_text": _("Invented centre, invented laws: a demonstration.") if settings.DEMO else "",
    }


def _without_variant(request: HttpRequest) -> str:
    """Where the switch of languages leads: here, but not to the variant of a text that was asked for in one language."""
    if "text" not in request.GET:
        return ""
    query = request.GET.copy()
    del query["text"]
    return f"{request.path}?{query.urlencode()}" if query else request.path


@lru_cache(maxsize=8)
def _public_links(_language: str | None) -> list[Way]:
    return [
        (_("Topics"), reverse("topics:topics")),
        (_("Publications"), reverse("outputs:outputs")),
        (_("Studies"), reverse("studies:studies")),
        (_("Law"), reverse("law:laws")),
        (_("Programmes"), reverse("programmes:programmes")),
        (_("Vocabulary"), reverse("vocabulary:facets")),
    ]


def _desk_links(request: HttpRequest, account: Account) -> list[dict[str, Any]]:
    """The way to everything inside: what everybody needs daily as links, the rest in groups; one link makes no group."""
    today = timezone.localdate()
    roles = centre_roles(account.person, on=today)
    daily = [(_("My desk"), reverse("desk:start")), (_("Inbox"), reverse("notices:inbox"))]
    if roles:
        daily.append((_("Workshop"), reverse("outputs:workshop")))
    groups = [
        (_("Library"), _library_links(account, roles)),
        (_("Changes of law"), _law_links(roles)),
        (_("People and mail"), _people_links(roles)),
        (_("Website"), _site_links(roles)),
        (
            _("Operation"),
            [(_("Machinery"), reverse("machinery:health"))] if may(check_operator, account, on=today) else [],
        ),
    ]
    shown: list[tuple[str, list[Way]]] = [("", daily)]
    shown += [(label if len(ways) > 1 else "", ways) for label, ways in groups]
    links = _links(request, [way for _label, ways in shown for way in ways])
    found = []
    for label, ways in shown:
        mine, links = links[: len(ways)], links[len(ways) :]
        found += [{"label": label, "links": mine}] if label else mine
    return found


def _library_links(account: Account, roles: set[str]) -> list[Way]:
    """Reviews are also for who is in the team of one, without a role at the centre."""
    reviews = (_("Reviews"), reverse("library:reviews"))
    if not roles:
        return [reviews] if is_member_anywhere(account.person, on=timezone.localdate()) else []
    return [
        (pgettext("literature", "Works"), reverse("library:works")),
        (_("Imports of literature"), reverse("library:imports")),
        (_("Possible duplicates"), reverse("library:pairs")),
        (_("Proposed concepts"), reverse("library:concepts-waiting")),
        (_("Saved searches in sources"), reverse("library:searches")),
        reviews,
        (_("Assessment cards"), reverse("library:cards")),
        (_("Open questions"), reverse("library:questions")),
        (_("Two pages"), reverse("outputs:brief")),
    ]


def _law_links(roles: set[str]) -> list[Way]:
    if not roles:
        return []
    return [
        (_("Waves"), reverse("outputs:waves")),
        (_("Acts of amendment"), reverse("law:acts")),
        (_("Imports"), reverse("law:imports")),
    ]


def _people_links(roles: set[str]) -> list[Way]:
    if not roles:
        return []
    ways = [
        (_("People"), reverse("people:people")),
        (_("Mail"), reverse("mailroom:mails")),
        (_("Dispatches"), reverse("outreach:dispatches")),
    ]
    if roles & KEEP_PEOPLE.roles:
        ways.append((_("Imports of contacts"), reverse("intake:imports")))
    if roles & (KEEP_ROLES.roles | KEEP_STRUCTURE.roles):
        ways.append((_("Invitations"), reverse("invitations:invitations")))
    return ways


def _site_links(roles: set[str]) -> list[Way]:
    ways = []
    if roles & set(PAGE_KEEPERS):
        ways.append((_("Pages"), reverse("pages:pages")))
    if roles & set(REDIRECT_KEEPERS):
        ways.append((_("Redirects"), reverse("redirects:redirects")))
    if roles & set(BARRIER_READERS):
        ways.append((_("Reported barriers"), reverse("barriers:reports")))
    return ways


def _links(request: HttpRequest, links: list[Way]) -> list[dict[str, Any]]:
    """The links, the one that leads closest to the present page marked."""
    here = request.path
    best = max((url for _label, url in links if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == best} for label, url in links]


def _account(account: Account) -> dict[str, Any]:
    links = [
        {"label": _("My own page"), "url": reverse("people:me")},
        {"label": _("My calendar"), "url": reverse("feeds:my-calendar")},
    ]
    if settings.DEMO:
        links.append({"label": _("Another person"), "url": reverse("demo:doors")})
        links.append({"label": _("The tour"), "url": reverse("demo:tour")})
    return {
        "name": account.person.name,
        "sign_out_url": reverse("desk:sign-out"),
        "desk_url": reverse("desk:start"),
        "inbox_url": reverse("notices:inbox"),
        "inbox_count": unread_count(account.person),
        "links": links,
    }


@lru_cache(maxsize=8)
def _footer(_language: str | None, demo: bool) -> list[dict[str, str]]:
    links = [
        {"label": _("About this site"), "url": reverse("about")},
        {"label": _("Imprint"), "url": reverse("imprint")},
        {"label": _("Privacy"), "url": reverse("privacy")},
        {"label": _("Accessibility"), "url": reverse("accessibility")},
        {"label": _("Report a barrier"), "url": reverse("barriers:report")},
        {"label": _("Interfaces"), "url": reverse("feeds:api-docs")},
    ]
    if demo:
        links.append({"label": _("Style page"), "url": reverse("look:style")})
    return links
