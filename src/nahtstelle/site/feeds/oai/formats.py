"""A description of an output as Dublin Core and as DataCite 4.6, in the XML that harvesters ask for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from nahtstelle.plumbing.files.media_types import DOCX
from nahtstelle.plumbing.kit.xml import writable
from nahtstelle.rooms.outputs.describing import Described

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC, OAI_DC = "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"
DATACITE, OAI_DATACITE = "http://datacite.org/schema/kernel-4", "http://schema.datacite.org/oai/oai-1.1/"
MEDIA_TYPES = ("text/html", "application/pdf", DOCX)
DATACITE_VERSION = "4.6"
RELATIONS = {
    "follows": "IsTranslationOf", "replaced-by": "IsObsoletedBy", "replaces": "Obsoletes", "cites": "References",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    prefix: str
    schema: str
    namespace: str
    write: Callable[[Described], etree._Element]


def dublin_core(about: Described) -> etree._Element:
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, text in _dublin_core(about):
        element = etree.SubElement(root, f"{{{DC}}}{name}")
        element.text = writable(text)
        if name in ("title", "description"):
            element.set(XML_LANG, about.language)
    return root


def _dublin_core(about: Described) -> Iterator[tuple[str, str]]:
    yield "title", about.title
    yield from (("creator", name) for name in about.creators)
    yield from (("subject", subject.name) for subject in about.subjects)
    yield from (("description", warning) for warning in about.warnings)
    if about.summary:
        yield "description", about.summary
    yield "publisher", about.publisher
    yield "date", about.published.isoformat()
    yield "type", "Text"
    yield "type", about.kind
    yield from (("format", media_type) for media_type in MEDIA_TYPES)
    yield "identifier", about.address
    yield "language", about.language
    yield from (("relation", relation.address) for relation in about.relations)
    if about.licence:
        yield "rights", about.rights or about.licence


def datacite(about: Described) -> etree._Element:
    """The resource in the envelope that DataCite's own provider uses.

    The centre has no DOIs: the identifier is the address, under the type URL.
    """
    envelope = etree.Element(f"{{{OAI_DATACITE}}}oai_datacite", nsmap={None: OAI_DATACITE, "xsi": XSI})
    envelope.set(f"{{{XSI}}}schemaLocation", f"{OAI_DATACITE} {OAI_DATACITE}oai.xsd")
    _add(envelope, OAI_DATACITE, "schemaVersion", DATACITE_VERSION)
    _add(envelope, OAI_DATACITE, "datacentreSymbol", about.publisher)
    payload = _add(envelope, OAI_DATACITE, "payload")
    root = etree.SubElement(payload, f"{{{DATACITE}}}resource", nsmap={None: DATACITE, "xsi": XSI})
    root.set(
        f"{{{XSI}}}schemaLocation", f"{DATACITE} http://schema.datacite.org/meta/kernel-{DATACITE_VERSION}/metadata.xsd"
    )
    _fill(root, about)
    return envelope


def _add(parent: etree._Element, space: str, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{space}}}{name}", attrib=attributes)
    element.text = writable(text) or None
    return element


def _fill(root: etree._Element, about: Described) -> None:
    def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        return _add(parent, DATACITE, name, text, **attributes)

    add(root, "identifier", about.address, identifierType="URL")
    creators = add(root, "creators")
    for name in about.creators:
        add(add(creators, "creator"), "creatorName", name, nameType="Personal")
    if not about.creators:
        add(add(creators, "creator"), "creatorName", about.publisher, nameType="Organizational")
    add(add(root, "titles"), "title", about.title).set(XML_LANG, about.language)
    add(root, "publisher", about.publisher)
    add(root, "publicationYear", str(about.first_published.year))
    add(root, "resourceType", about.kind, resourceTypeGeneral="Text")
    if about.subjects:
        subjects = add(root, "subjects")
        for subject in about.subjects:
            add(subjects, "subject", subject.name, valueURI=subject.uri)
    dates = add(root, "dates")
    add(dates, "date", about.first_published.isoformat(), dateType="Issued")
    if about.published != about.first_published:
        add(dates, "date", about.published.isoformat(), dateType="Updated")
    add(dates, "date", about.stand.isoformat(), dateType="Other", dateInformation="Stand")
    if about.valid_from or about.valid_until:
        span = "/".join(day.isoformat() if day else ".." for day in (about.valid_from, about.valid_until))
        add(dates, "date", span, dateType="Valid")
    add(root, "language", about.language)
    if about.relations:
        related = add(root, "relatedIdentifiers")
        for one in about.relations:
            add(
                related, "relatedIdentifier", one.address, relatedIdentifierType="URL", relationType=RELATIONS[one.kind]
            )
    formats = add(root, "formats")
    for media_type in MEDIA_TYPES:
        add(formats, "format", media_type)
    add(root, "version", str(about.number))
    if about.licence:
        rights = add(add(root, "rightsList"), "rights", about.licence)
        if about.rights:
            rights.set("rightsURI", about.rights)
    if about.summary or about.warnings:
        descriptions = add(root, "descriptions")
        for kind, text in [("Abstract", about.summary), *(("Other", warning) for warning in about.warnings)]:
            if text:
                add(descriptions, "description", text, descriptionType=kind).set(XML_LANG, about.language)


FORMATS = {
    one.prefix: one
    for one in (
        Format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, dublin_core),
        Format("oai_datacite", f"{OAI_DATACITE}oai.xsd", OAI_DATACITE, datacite),
    )
}
