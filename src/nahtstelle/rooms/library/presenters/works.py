"""Works: in a list, and each with its fields, its records, what befell it and its full texts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf.locale import LANG_INFO
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from nahtstelle.plumbing.look.dates import day, moment

from ..assembling import FIELDS, PERSON, WORDS, value_of
from ..columns import field_label
from ..kinds import kind_label
from ..models import FullText, Import, Notice, Record, Work
from .names import people, place_of, title_of
from .ways import import_url, work_url

Standing = Work.Standing
STANDING_TONES = {
    Standing.SOUND: "neutral", Standing.CORRECTED: "info", Standing.CONCERN: "warning", Standing.SUPERSEDED: "warning",
    Standing.RETRACTED: "danger",
}  # fmt: skip
_SIDE = ("kind", "title", "authors", "year", "container", "volume", "issue", "pages", "publisher", "doi", "language")


def works_table(works: Iterable[Work], query: QueryDict) -> dict[str, Any]:
    order = query.get("order", "")
    columns = [
        {"label": _("Title"), "kind": "head"},
        {"label": _("Authors"), "sort_url": _sorted(query, "author"), "sorted": "asc" if order == "author" else ""},
        {
            "label": _("Year"), "kind": "number", "sort_url": _sorted(query, "year" if order == "" else ""),
            "sorted": {"": "desc", "year": "asc"}.get(order, ""),
        },
        pgettext("literature", "Kind"),
        pgettext("publication", "Standing"),
    ]  # fmt: skip
    rows = [
        [
            {"text": title_of(work), "url": work_url(work), "lang": work.language, "note": place_of(work)},
            people(work.authors or work.editors),
            str(work.year) if work.year else "",
            kind_label(work.kind),
            {"badge": standing_badge(work)} if work.standing != Standing.SOUND else "",
        ]
        for work in works
    ]
    return {"columns": columns, "rows": rows}


def _sorted(query: QueryDict, order: str) -> str:
    changed = query.copy()
    for name in ("page", "order"):
        changed.pop(name, None)
    if order:
        changed["order"] = order
    return f"?{changed.urlencode()}"


def standing_badge(work: Work) -> dict[str, str]:
    standing = Standing(work.standing)
    return {"label": str(standing.label), "tone": STANDING_TONES[standing]}


def head_of(work: Work) -> dict[str, Any]:
    meta = [kind_label(work.kind)]
    if work.authors or work.editors:
        meta.append(people(work.authors or work.editors, shown=8))
    if work.year:
        meta.append(str(work.year))
    if place := place_of(work):
        meta.append(place)
    return {"title": title_of(work), "kicker": pgettext("literature", "Work"), "meta": meta}


def banner_of(work: Work, notices: Sequence[Notice]) -> dict[str, Any] | None:
    """What whoever reads or cites the work has to know first."""
    if work.standing == Standing.SOUND:
        return None
    titles = {
        Standing.RETRACTED: _("This publication was retracted"), Standing.SUPERSEDED: _("There is a newer publication in its place"),
        Standing.CONCERN: _("Its publisher has expressed concern"), Standing.CORRECTED: _("This publication was corrected"),
    }  # fmt: skip
    kinds = {
        Standing.RETRACTED: Notice.Kind.RETRACTION, Standing.SUPERSEDED: Notice.Kind.SUPERSEDED,
        Standing.CONCERN: Notice.Kind.CONCERN, Standing.CORRECTED: Notice.Kind.CORRECTION,
    }  # fmt: skip
    standing = Standing(work.standing)
    notice = next((n for n in notices if n.kind == kinds[standing] and n.lifted_at is None), None)
    successor = notice.successor if notice else None
    kind = {Standing.RETRACTED: "withdrawn", Standing.SUPERSEDED: "superseded"}.get(standing, "under_review")
    return {
        "kind": kind, "title": titles[standing], "text": notice.words if notice else "",
        "since": notice.on if notice else None, "url": work_url(successor) if successor else "",
        "url_label": title_of(successor) if successor else "",
    }  # fmt: skip


def fields_of(work: Work, records: Sequence[Record]) -> list[dict[str, Any]]:
    """Each field that says something, and where it comes from."""
    sources = {f"record:{record.pk}": record for record in records}
    rows = []
    for name in FIELDS:
        value = getattr(work, name)
        whence = work.provenance.get(name, "")
        if value in ("", None, []) and whence != PERSON:
            continue
        record = sources.get(whence)
        rows.append(
            {
                "name": name, "label": capfirst(field_label(name)), "value": shown_value(name, value),
                "url": _link(name, value), "by_hand": whence == PERSON,
                "lang": work.language if name in ("title", "abstract") else "",
                "whence": record.batch.source if record else _("set by hand") if whence == PERSON
                else _("told from the words") if whence == WORDS else "",
                "can_go_back": whence == PERSON and bool(records),
            }
        )  # fmt: skip
    return rows


def shown_value(name: str, value: Any) -> str:
    if name in ("authors", "editors"):
        return people(value or [], shown=200)
    if name == "keywords":
        return "; ".join(value or [])
    if name == "kind":
        return kind_label(str(value or "document"))
    if name == "language" and value in LANG_INFO:
        return str(get_language_info(value)["name_translated"])
    return "" if value is None else str(value)


def _link(name: str, value: Any) -> str:
    if name == "doi" and value:
        return f"https://doi.org/{value}"
    text = str(value or "")
    return text if name == "url" and text.startswith(("http://", "https://")) else ""


def side_by_side(records: Sequence[Record]) -> dict[str, Any]:
    """What each source says, column by column; rows in which they differ are marked."""
    rows = []
    for name in (*_SIDE, "abstract"):
        told = [shown_value(name, value_of(name, record.values)) for record in records]
        if any(told):
            differs = len({" ".join(text.split()).casefold() for text in told if text}) > 1
            cells = [
                {"text": text if len(text) < 400 else text[:400] + " …", "source": record.batch.source}
                for text, record in zip(told, records, strict=True)
            ]
            rows.append({"label": capfirst(field_label(name)), "cells": cells, "differs": differs})
    return {"heads": [record_head(record) for record in records], "rows": rows}


def record_head(record: Record) -> dict[str, Any]:
    return {
        "source": record.batch.source, "url": reverse("library:import-record", args=[record.batch_id, record.number]),
        "version": str(record.get_version_display()), "key": record.key, "replaced": record.replaced,
    }  # fmt: skip


def notices_of(work: Work, notices: Sequence[Notice], *, keeps: bool) -> list[dict[str, Any]]:
    return [
        {
            "kind": str(notice.get_kind_display()), "on": day(notice.on) if notice.on else "", "words": notice.words,
            "doi": notice.doi, "doi_url": f"https://doi.org/{notice.doi}" if notice.doi else "",
            "url": notice.url if notice.url.startswith(("http://", "https://")) else "",
            "by": notice.noted_by.person.name if notice.noted_by
            else _("found in a record of %s") % notice.record.batch.source if notice.record else _("found by the import"),
            "at": moment(notice.noted_at, "short"),
            "successor": {"url": work_url(notice.successor), "title": title_of(notice.successor)} if notice.successor else None,
            "lifted": day(notice.lifted_at) if notice.lifted_at else "", "lifted_why": notice.lifted_why,
            "lift_url": reverse("library:notice-lift", args=[work.pk, notice.pk]) if keeps and not notice.lifted_at else "",
        }
        for notice in notices
    ]  # fmt: skip


TROUBLES = {
    "encrypted": lambda: _("The file is protected by a password; its words cannot be searched."),
    "broken": lambda: _("The file is damaged; its words cannot be searched. Please attach it anew."),
    "no-words": lambda: _("The file holds pictures of pages without words; it cannot be searched."),
    "long": lambda: _("The file is very long; only its beginning is searched."),
}


def texts_of(work: Work, texts: Sequence[FullText], may_read: dict[int, bool], *, keeps: bool) -> list[dict[str, Any]]:
    return [
        {
            "name": text.name, "rights": str(text.get_rights_display()), "licence": text.licence, "source": text.source,
            "pages": text.pages, "size": text.file.size,
            "trouble": TROUBLES[text.trouble]() if text.trouble in TROUBLES else "",
            "url": reverse("library:text", args=[work.pk, text.pk]) if may_read[text.pk] else "",
            "remove_url": reverse("library:text-remove", args=[work.pk, text.pk]) if keeps else "",
        }
        for text in texts
    ]  # fmt: skip


def imports_of(records: Sequence[Record]) -> list[dict[str, str]]:
    seen: dict[int, Import] = {record.batch_id: record.batch for record in records}
    return [{"label": str(batch), "url": import_url(batch)} for batch in seen.values()]
