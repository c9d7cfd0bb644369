"""What every page's frame shows: navigation, account, breadcrumb's root, the demo ribbon."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.notices.queries import unread_count
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rights import KEEP_PEOPLE, KEEP_ROLES, KEEP_STRUCTURE
from nahtstelle.register.people.rules import check_operator
from nahtstelle.site.pages.rules import KEEPERS as PAGE_KEEPERS

from .feeds.alternates import alternates


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
        "language_way": _without_variant(request),
        "nav": _links(request, _public_links()),
        "desk_nav": _links(request, _desk_links(account)) if known else [],
        "trail_base": reverse("machinery:trail"),
        "account": _account(account) if known else {"sign_in_url": reverse("desk:sign-in")},
        "footer_links": [*(form for form in forms if form["at_foot"]), *_footer()],
        "footer_text": _("Invented centre, invented laws: a demonstration.") if settings.DEMO else "",
    }


def _without_variant(request: HttpRequest) -> str:
    """Where the switch of languages leads: here, but not to the variant of a text that was asked for in one language."""
    if "text" not in request.GET:
        return ""
    query = request.GET.copy()
    del query["text"]
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _public_links() -> list[tuple[str, str]]:
    return [
        (_("Topics"), reverse("topics:topics")),
        (_("Publications"), reverse("outputs:outputs")),
        (_("Law"), reverse("law:laws")),
        (_("Programmes"), reverse("programmes:programmes")),
        (_("Vocabulary"), reverse("vocabulary:facets")),
    ]


def _desk_links(account: Any) -> list[tuple[str, str]]:
    today = timezone.localdate()
    links = [(_("My desk"), reverse("desk:start")), (_("Inbox"), reverse("notices:inbox"))]
    roles = centre_roles(account.person, on=today)
    if roles:
        links += [
            (_("Workshop"), reverse("outputs:workshop")),
            (_("Waves"), reverse("outputs:waves")),
            (_("Acts of amendment"), reverse("law:acts")),
            (_("Imports"), reverse("law:imports")),
            (_("Dispatches"), reverse("outreach:dispatches")),
            (_("People"), reverse("people:people")),
            (_("Mail"), reverse("mailroom:mails")),
        ]
    if roles & set(PAGE_KEEPERS):
        links.append((_("Pages"), reverse("pages:pages")))
    if roles & KEEP_PEOPLE.roles:
        links.append((_("Imports of contacts"), reverse("intake:imports")))
    if roles & (KEEP_ROLES.roles | KEEP_STRUCTURE.roles):
        links.append((_("Invitations"), reverse("invitations:invitations")))
    if may(check_operator, account, on=today):
        links.append((_("Machinery"), reverse("machinery:health")))
    return links


def _links(request: HttpRequest, links: list[tuple[str, str]]) -> list[dict[str, Any]]:
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


def _footer() -> list[dict[str, str]]:
    links = [
        {"label": _("About this site"), "url": reverse("about")},
        {"label": _("Imprint"), "url": reverse("imprint")},
        {"label": _("Privacy"), "url": reverse("privacy")},
        {"label": _("Accessibility"), "url": reverse("accessibility")},
        {"label": _("Report a barrier"), "url": reverse("barriers:report")},
        {"label": _("Interfaces"), "url": reverse("feeds:api-docs")},
    ]
    if settings.DEMO:
        links.append({"label": _("Style page"), "url": reverse("look:style")})
    return links
