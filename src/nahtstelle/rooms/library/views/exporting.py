"""Works and records as files for other programs, written while they are sent."""

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from nahtstelle.engines.literature.formats.writing import BY_ENDING, write
from nahtstelle.engines.literature.records import Record

from ..exporting import records_as_given, records_of_works
from ..models import Import, Work
from ..queries.works import current, listed, wanted_from
from ..rules.people import check_may_read

ENDINGS = {form: ending for ending, form in BY_ENDING.items()}
TYPES = {
    "ris": "application/x-research-info-systems", "bibtex": "application/x-bibtex", "csv": "text/csv",
    "csl": "application/vnd.citationstyles.csl+json", "endnote": "application/xml",
}  # fmt: skip
_PIECE = 1 << 15


def works_export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The list as it is filtered."""
    check_may_read(request.user, on=timezone.localdate())
    return _file(records_of_works(listed(wanted_from(request.GET))), form, "werke")


def work_export(request: HttpRequest, pk: int, form: str) -> StreamingHttpResponse:
    check_may_read(request.user, on=timezone.localdate())
    work = get_object_or_404(current().only("pk", "citekey"), pk=pk)
    return _file(records_of_works(Work.objects.filter(pk=work.pk)), form, work.citekey)


def import_export(request: HttpRequest, pk: int, form: str) -> StreamingHttpResponse:
    """What a source delivered, word for word, in whatever format."""
    check_may_read(request.user, on=timezone.localdate())
    batch = get_object_or_404(Import, pk=pk)
    return _file(records_as_given(batch.records.all()), form, f"import-{batch.pk}")


def _file(records: Iterable[Record], form: str, name: str) -> StreamingHttpResponse:
    if form not in ENDINGS:
        raise Http404
    response = StreamingHttpResponse(_pieces(write(records, form)), content_type=f"{TYPES[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS[form]}"'
    return response


def _pieces(told: Iterator[str]) -> Iterator[bytes]:
    """Some kilobytes at once: a hundred thousand small pieces would be slow on their way."""
    held: list[str] = []
    size = 0
    for text in told:
        held.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(held).encode("utf-8", "replace")
            held, size = [], 0
    yield "".join(held).encode("utf-8", "replace")
