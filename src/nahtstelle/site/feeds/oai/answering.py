"""The six answers of the provider."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from lxml import etree

from nahtstelle.plumbing.kit.xml import writable
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.outputs import describing
from nahtstelle.rooms.outputs.describing import Described

from ..models import HarvestGroup, HarvestRecord
from .formats import FORMATS, XSI
from .protocol import SPEC, ProtocolError, Question, check_spec, read_span, written
from .tokens import Place, place_of, token_for

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
AT_ONCE = 100
TOP_SETS = {"kind": _("by kind of text"), "theme": _("by subject")}
DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")


def base_url() -> str:
    return settings.BASE_URL + reverse("feeds:oai")


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def identifier_of(record: HarvestRecord) -> str:
    return f"oai:{_host()}:{record.slug}"


def answer(question: Question, *, at: datetime, today: date) -> etree._Element:
    """The element that answers a question.

    Raises ``ProtocolError`` where there is no such answer.
    """
    with override("de"):  # names of sets; a record speaks the language of its text
        match question.verb:
            case "Identify":
                return _identify(at)
            case "ListMetadataFormats":
                return _list_formats(question)
            case "ListSets":
                return _list_sets(question)
            case "GetRecord":
                return _get_record(question, today)
            case _:
                return _list(question, today)


def element(parent: etree._Element | None, name: str, text: str = "") -> etree._Element:
    tag = f"{{{OAI}}}{name}"
    made = etree.Element(tag) if parent is None else etree.SubElement(parent, tag)
    made.text = writable(text) or None
    return made


def _identify(at: datetime) -> etree._Element:
    told = element(None, "Identify")
    first = HarvestRecord.objects.aggregate(first=Min("stamp"))["first"]
    for name, text in [
        ("repositoryName", settings.SITE_NAME), ("baseURL", base_url()), ("protocolVersion", "2.0"),
        ("adminEmail", settings.CONTACT_MAIL), ("earliestDatestamp", written(first or at)),
        ("deletedRecord", "persistent"), ("granularity", "YYYY-MM-DDThh:mm:ssZ"), ("compression", "gzip"),
    ]:  # fmt: skip
        element(told, name, text)
    if DOMAIN.fullmatch(_host()):  # the description wants a domain; localhost and addresses of numbers are none
        description = etree.SubElement(
            element(told, "description"),
            f"{{{OAI_IDENTIFIER}}}oai-identifier",
            nsmap={None: OAI_IDENTIFIER, "xsi": XSI},
        )
        description.set(f"{{{XSI}}}schemaLocation", f"{OAI_IDENTIFIER} {OAI_IDENTIFIER}.xsd")
        for name, text in [
            ("scheme", "oai"), ("repositoryIdentifier", _host()), ("delimiter", ":"),
            ("sampleIdentifier", f"oai:{_host()}:beispiel"),
        ]:  # fmt: skip
            etree.SubElement(description, f"{{{OAI_IDENTIFIER}}}{name}").text = text
    return told


def _list_formats(question: Question) -> etree._Element:
    if "identifier" in question.arguments:
        _record_of(question["identifier"])
    told = element(None, "ListMetadataFormats")
    for one in FORMATS.values():
        row = element(told, "metadataFormat")
        for name, text in [
            ("metadataPrefix", one.prefix), ("schema", one.schema), ("metadataNamespace", one.namespace)
        ]:  # fmt: skip
            element(row, name, text)
    return told


def _list_sets(question: Question) -> etree._Element:
    if "resumptionToken" in question.arguments:
        raise ProtocolError("badResumptionToken", "All sets are given at once; no token was.")
    specs = sorted(HarvestGroup.objects.order_by().values_list("spec", flat=True).distinct())
    names = dict(
        Concept.objects.filter(key__in=[spec.partition(":")[2] for spec in specs]).values_list("key", "name_de")
    )
    told = element(None, "ListSets")
    tops = sorted({spec.partition(":")[0] for spec in specs} | set(TOP_SETS))
    for spec in sorted([*tops, *specs]):
        row = element(told, "set")
        element(row, "setSpec", spec)
        top, _colon, key = spec.partition(":")
        element(row, "setName", str(TOP_SETS.get(top, top)) if not key else names.get(key, key))
    return told


def _record_of(identifier: str) -> HarvestRecord:
    start, slug = f"oai:{_host()}:", identifier.rpartition(":")[2]
    record = HarvestRecord.objects.filter(slug=slug).first() if identifier.startswith(start) else None
    if record is None or identifier != identifier_of(record):
        raise ProtocolError("idDoesNotExist", "There is no such record.")
    return record


def _format_of(prefix: str) -> str:
    if prefix not in FORMATS:
        raise ProtocolError("cannotDisseminateFormat", f"Known formats: {', '.join(FORMATS)}.")
    return prefix


def _get_record(question: Question, today: date) -> etree._Element:
    prefix = _format_of(question["metadataPrefix"])
    record = _record_of(question["identifier"])
    told = element(None, "GetRecord")
    _write(told, [record], today=today, prefix=prefix)
    return told


def _list(question: Question, today: date) -> etree._Element:
    if "resumptionToken" in question.arguments:
        place = place_of(question["resumptionToken"], verb=question.verb)
    else:
        prefix = _format_of(question["metadataPrefix"])
        place = Place(question.verb, prefix, question["set"], question["from"], question["until"])
        if "set" in question.arguments:
            check_spec(place.set)
    rows = list(_rows(place)[: AT_ONCE + 1])
    shown, more = rows[:AT_ONCE], len(rows) > AT_ONCE
    if not shown and not place.given:
        raise ProtocolError("noRecordsMatch", "No record fits.")
    told = element(None, question.verb)
    _write(told, shown, today=today, prefix=place.prefix, only_headers=question.verb == "ListIdentifiers")
    if more or place.given:
        last = shown[-1] if more else None
        token = element(told, "resumptionToken", token_for(_after(place, last, len(shown))) if last else "")
        token.set("cursor", str(place.given))
    return told


def _after(place: Place, last: HarvestRecord, number: int) -> Place:
    return Place(
        place.verb, place.prefix, place.set, place.start, place.until, last.stamp.isoformat(), last.pk,
        place.given + number,
    )  # fmt: skip


def _rows(place: Place) -> QuerySet[HarvestRecord]:
    start, end = read_span(place.start, place.until)
    rows = HarvestRecord.objects.order_by("stamp", "id").prefetch_related("groups")
    if place.after_stamp:
        after = datetime.fromisoformat(place.after_stamp)
        rows = rows.filter(Q(stamp__gt=after) | Q(stamp=after, id__gt=place.after_id))
    if start:
        rows = rows.filter(stamp__gte=start)
    if end:
        rows = rows.filter(stamp__lt=end)
    if place.set:
        inside = HarvestGroup.objects.filter(
            Q(spec=place.set) | Q(spec__startswith=f"{place.set}:"), record=OuterRef("pk")
        )
        rows = rows.filter(Exists(inside))
    return rows


def _write(
    told: etree._Element, records: Sequence[HarvestRecord], *, today: date, prefix: str, only_headers: bool = False
) -> None:
    """Records, or their headers. What cannot be read at this moment is told as deleted, whatever the record still says."""
    ids = [record.output_id for record in records if not record.deleted and record.output_id]
    readable = describing.public(on=today).filter(pk__in=ids)
    about: dict[int, Described] = {}
    alive = set(readable.order_by().values_list("pk", flat=True)) if only_headers else set()
    if not only_headers:
        about = describing.describe(readable, on=today)
        alive = set(about)
    for record in records:
        row = told if only_headers else element(told, "record")
        header = element(row, "header")
        gone = record.output_id not in alive
        if gone:
            header.set("status", "deleted")
        element(header, "identifier", identifier_of(record))
        element(header, "datestamp", written(record.stamp))
        for group in sorted(group.spec for group in record.groups.all()):
            if SPEC.fullmatch(group):
                element(header, "setSpec", group)
        if not only_headers and not gone and record.output_id is not None:
            element(row, "metadata").append(FORMATS[prefix].write(about[record.output_id]))
