"""Works: the list, one of them, its fields and its records."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may

from ..actions import works as acting
from ..forms.works import VersionForm, WorkForm, WorksForm
from ..models import Import, Work
from ..presenters import works as shown_as
from ..presenters.classifying import concepts_of
from ..presenters.duplicates import history_of
from ..presenters.names import title_of
from ..presenters.ways import exports, to_works, work_url
from ..queries import works as asking
from ..queries.access import seen_by_public, texts_of
from ..queries.work_page import parts_of
from ..rules.full_texts import check_may_download
from ..rules.people import check_may_keep, check_may_read

PAGE = 50


def works(request: HttpRequest) -> HttpResponse:
    """All works, filtered, in an order."""
    check_may_read(request.user, on=timezone.localdate())
    wanted = asking.wanted_from(request.GET)
    form = WorksForm(request.GET, kinds=asking.kinds(), sources=asking.sources(), concepts=asking.concepts())
    page = Paginator(asking.listed(wanted).defer("abstract", "folded", "provenance", "keywords"), PAGE).get_page(
        request.GET.get("page")
    )
    count = page.paginator.count
    keeps = may(check_may_keep, request.user, on=timezone.localdate())
    new = {
        "label": _("Import a file"),
        "url": reverse("library:import-new"),
        "kind": "primary",
        "icon": "drive-folder-upload",
    }
    query = request.GET.copy()
    query.pop("page", None)
    shown = {
        "page": page, "form": form, "filtered": wanted.any, "new": new if keeps else None,
        "count": ngettext("%(n)s work", "%(n)s works", count) % {"n": f"{count:n}"},
        "new_actions": [new] if keeps else [], "chips": _chips(wanted, request),
        "hidden": [("import", wanted.batch)] if wanted.batch else [],
        "exports": exports("works-export", query=query.urlencode()) if count else [],
        "breadcrumb": to_works(), **shown_as.works_table(page.object_list, request.GET),
    }  # fmt: skip
    return render(request, "library/works.html", shown)


def _chips(wanted: asking.Wanted, request: HttpRequest) -> list[dict[str, str]]:
    """The filter that has no field in the form: an import."""
    batch = Import.objects.filter(pk=wanted.batch).first() if wanted.batch else None
    if batch is None:
        return []
    query = request.GET.copy()
    for name in ("import", "page"):
        query.pop(name, None)
    return [{"label": str(batch), "facet": _("Import"), "url": f"?{query.urlencode()}"}]


def found(request: HttpRequest, pk: int, *, keeping: bool = True) -> Work:
    check = check_may_keep if keeping else check_may_read
    check(request.user, on=timezone.localdate())
    return get_object_or_404(Work, pk=pk)


def work(request: HttpRequest, pk: int) -> HttpResponse:
    """One work: what is known of it and from where. A merged one leads to the one it stands for."""
    one = found(request, pk, keeping=False)
    if one.merged_into_id is not None:
        return redirect(work_url(asking.root_of(one)))
    today = timezone.localdate()
    keeps = may(check_may_keep, request.user, on=today)
    parts, texts = parts_of(one), texts_of(one)
    may_read = {text.pk: may(check_may_download, text, request.user, on=today) for text in texts}
    shown = {
        "work": one, "head": shown_as.head_of(one), "banner": shown_as.banner_of(one, parts.notices),
        "actions": _actions(one) if keeps else [], "fields": shown_as.fields_of(one, parts.records), "keeps": keeps,
        "abstract_lang": one.language, "records": parts.records, "earlier": parts.earlier,
        "side": shown_as.side_by_side(parts.records),
        "versions": [VersionForm(record=record) for record in parts.records] if keeps else [],
        "notices": shown_as.notices_of(one, parts.notices, keeps=keeps),
        "texts": shown_as.texts_of(one, texts, may_read, keeps=keeps),
        "merged": history_of(one, may_part=keeps), "concepts": concepts_of(one, may_decide=keeps),
        "card": parts.card, "card_url": reverse("library:card", args=[one.citekey]) if parts.card else "",
        "card_new_url": reverse("library:card-new", args=[one.citekey]) if keeps and not parts.card else "",
        "public": seen_by_public(one),
        "imports": shown_as.imports_of(parts.records), "exports": exports("work-export", one.pk),
        "standing": shown_as.standing_badge(one), "breadcrumb": to_works((title_of(one)[:80], "")),
    }  # fmt: skip
    return render(request, "library/work.html", shown)


def _actions(one: Work) -> list[dict[str, str]]:
    return [
        {"label": _("Correct fields"), "url": reverse("library:work-edit", args=[one.pk]), "icon": "edit"},
        {"label": _("Note a correction or retraction"), "url": reverse("library:notice-new", args=[one.pk]), "icon": "warning"},
        {"label": _("Attach a full text"), "url": reverse("library:text-new", args=[one.pk]), "icon": "drive-folder-upload"},
    ]  # fmt: skip


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set fields by hand."""
    one = found(request, pk)
    if one.merged_into_id is not None:
        return redirect(work_url(asking.root_of(one)))
    form = WorkForm(request.POST or None, work=one)
    if request.method == "POST" and form.is_valid():
        try:
            acting.set_fields(work=one, values=form.values, by=request.user.actor, at=timezone.now())
            return redirect(work_url(one))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    title = _("Correct fields")
    shown = {
        "form": form, "title": title, "kicker": title_of(one), "back": work_url(one),
        "lead": _("What you change here stays, whatever the sources say later; each field can be given back to its source."),
        "button": _("Save"), "breadcrumb": to_works((title_of(one)[:80], work_url(one)), (title, "")),
    }  # fmt: skip
    return render(request, "library/form.html", shown, status=422 if form.errors else 200)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A field says again what the sources say."""
    one = found(request, pk)
    acting.give_back(work=one, field=request.POST.get("field", ""), by=request.user.actor, at=timezone.now())
    return redirect(f"{work_url(one)}#fields")


@require_POST
def change_record(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """How a record relates to its work; or that it is a work of its own."""
    one = found(request, pk)
    row = get_object_or_404(one.records, pk=record)
    by, at = request.user.actor, timezone.now()
    if "out" in request.POST:
        made = acting.move_out(one=row, by=by, at=at)
        messages.info(request, _("The record is a work of its own now."))
        return redirect(work_url(made))
    acting.set_version(one=row, version=request.POST.get("version", ""), by=by, at=at)
    return redirect(f"{work_url(one)}#records")
