"""The provider keeps the protocol: its answers are valid, its errors are the protocol's own.

Validated with the official schema of the protocol (OAI-PMH.xsd, as the protocol publishes it, beside this file). What
stands inside ``metadata`` is checked by rules written here, since the schemas of the formats lie elsewhere.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.feeds.models import HarvestRecord
from nahtstelle.site.feeds.oai import answering
from nahtstelle.site.feeds.oai.keeping import keep_records
from tests.rooms.outputs.making import NOW, Cast, bring_out, concept, draft, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
OAI = {"o": answering.OAI, "dc": "http://purl.org/dc/elements/1.1/", "d": "http://datacite.org/schema/kernel-4"}
SCHEMA = Path(__file__).with_name("OAI-PMH.xsd")
AROUND = """<schema xmlns="http://www.w3.org/2001/XMLSchema"><import namespace="http://www.openarchives.org/OAI/2.0/"
 schemaLocation="{main}"/><import namespace="{space}" schemaLocation="{inside}"/><import namespace="{other}" schemaLocation="{inside2}"/>
 <import namespace="http://www.openarchives.org/OAI/2.0/oai-identifier" schemaLocation="{inside3}"/></schema>"""
ANYTHING = """<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{space}"><element name="{name}">
<complexType><sequence><any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></sequence>
<anyAttribute processContents="skip"/></complexType></element></schema>"""
PARTS = [
    ("http://www.openarchives.org/OAI/2.0/oai_dc/", "dc"), ("http://schema.datacite.org/oai/oai-1.1/", "oai_datacite"),
    ("http://www.openarchives.org/OAI/2.0/oai-identifier", "oai-identifier"),
]  # fmt: skip


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The protocol's schema; the metadata themselves may be anything of their own namespaces."""
    folder = tmp_path_factory.mktemp("schema")
    names = []
    for number, (space, name) in enumerate(PARTS):
        names.append(folder / f"{number}.xsd")
        names[-1].write_text(ANYTHING.format(space=space, name=name))
    around = folder / "all.xsd"
    around.write_text(
        AROUND.format(
            main=SCHEMA, space=PARTS[0][0], inside=names[0], other=PARTS[1][0], inside2=names[1], inside3=names[2]
        )
    )
    return etree.XMLSchema(etree.parse(around))


def ask(client: Client | None = None, **arguments: str) -> Any:
    answer = (client or Client()).get(reverse("feeds:oai"), {k.rstrip("_"): v for k, v in arguments.items()})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return etree.fromstring(answer.content)


def said(root: Any, path: str) -> list[str]:
    return [str(one) for one in root.xpath(path, namespaces=OAI)]


def error_of(root: Any) -> str:
    (code,) = said(root, "/o:OAI-PMH/o:error/@code")
    return code


@pytest.fixture
def three(people: Cast) -> list[Output]:
    """A public text, one for the programmes, one that was withdrawn."""
    made = [published(people, title=f"Text Nummer {number}", summary="Kurz.") for number in range(3)]
    deliver_all(at=NOW)
    Output.objects.filter(pk=made[1].pk).update(audience="network")
    Output.objects.filter(pk=made[2].pk).update(state=Output.State.WITHDRAWN)
    HarvestRecord.objects.filter(output=made[1]).delete()  # it never was public
    return made


QUESTIONS: list[dict[str, str]] = [
    {"verb": "Identify"},
    {"verb": "ListMetadataFormats"},
    {"verb": "ListSets"},
    {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
    {"verb": "ListRecords", "metadataPrefix": "oai_datacite"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-11-01", "until": "2026-11-30", "set": "kind"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:text-nummer-0"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:text-nummer-2"},
    {"verb": "ListMetadataFormats", "identifier": "oai:localhost:text-nummer-0"},
]
WRONG: list[tuple[str, dict[str, str]]] = [
    ("badVerb", {}),
    ("badVerb", {"verb": "ListEverything"}),
    ("badArgument", {"verb": "Identify", "set": "x"}),
    ("badArgument", {"verb": "ListRecords"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": ""}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "gestern"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-11-30", "until": "2026-11-01"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-11-01", "until": "2026-11-02T00:00:00Z"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "a b"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}),
    ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "a\0b"}),
    ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marcxml"}),
    ("cannotDisseminateFormat", {"verb": "GetRecord", "metadataPrefix": "marcxml", "identifier": "oai:localhost:text-nummer-0"}),
    ("idDoesNotExist", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:text-nummer-1"}),
    ("idDoesNotExist", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:anderswo:text-nummer-0"}),
    ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "text-nummer-0"}),
    ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2099-01-01"}),
    ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "theme:nirgends"}),
    ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "0001-01-01"}),
    ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "erfunden"}),
    ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "erfunden"}),
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question.values()))
def test_an_answer_is_valid(question: dict[str, str], three: list[Output], schema: etree.XMLSchema) -> None:
    root = ask(**question)
    assert said(root, "/o:OAI-PMH/o:error/@code") == []
    schema.assertValid(root)
    assert dict(root.find("o:request", OAI).attrib) == question


@pytest.mark.parametrize(("code", "question"), WRONG, ids=lambda case: str(case)[:60])
def test_an_error_is_the_protocols_own(
    code: str, question: dict[str, str], three: list[Output], schema: etree.XMLSchema
) -> None:
    root = ask(**question)
    assert error_of(root) == code
    schema.assertValid(root)
    repeated = dict(root.find("o:request", OAI).attrib)
    assert repeated == ({} if code in ("badVerb", "badArgument") else question)


def test_a_repeated_argument_is_refused(three: list[Output]) -> None:
    answer = Client().get(reverse("feeds:oai") + "?verb=Identify&verb=Identify")
    assert error_of(etree.fromstring(answer.content)) == "badVerb"
    answer = Client().get(reverse("feeds:oai") + "?verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc")
    assert error_of(etree.fromstring(answer.content)) == "badArgument"


def test_post_is_answered_as_get_without_a_token(three: list[Output]) -> None:
    client = Client(enforce_csrf_checks=True)
    question = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    answer = client.post(reverse("feeds:oai"), question)
    path = "//o:identifier/text()"
    assert said(etree.fromstring(answer.content), path) == said(ask(**question), path) != []


def test_an_answer_is_packed_for_those_who_take_it(three: list[Output]) -> None:
    answer = Client().get(
        reverse("feeds:oai"), {"verb": "ListRecords", "metadataPrefix": "oai_dc"}, headers={"accept-encoding": "gzip"}
    )
    assert answer["Content-Encoding"] == "gzip"


def test_identify_says_how_the_repository_works(three: list[Output]) -> None:
    (told,) = ask(verb="Identify").xpath("o:Identify", namespaces=OAI)
    values = {etree.QName(part).localname: part.text for part in told}
    assert values == {
        "repositoryName": "Nahtstelle", "baseURL": "http://localhost:8000/oai/", "protocolVersion": "2.0",
        "adminEmail": "fachstelle@example.org", "earliestDatestamp": "2026-11-23T09:00:00Z",
        "deletedRecord": "persistent", "granularity": "YYYY-MM-DDThh:mm:ssZ", "compression": "gzip",
    }  # fmt: skip


def test_a_centre_with_a_domain_describes_its_identifiers(settings: Any, schema: etree.XMLSchema) -> None:
    settings.BASE_URL = "https://fachstelle.example.org"
    root = ask(verb="Identify")
    schema.assertValid(root)
    told = said(root, "//*[local-name()='repositoryIdentifier']/text()")
    assert told == ["fachstelle.example.org"]


DUBLIN_CORE = {
    "title",
    "creator",
    "subject",
    "description",
    "publisher",
    "contributor",
    "date",
    "type",
    "format",
    "identifier",
    "source",
    "language",
    "relation",
    "coverage",
    "rights",
}


def test_dublin_core_holds_its_fifteen_elements_and_nothing_else(three: list[Output]) -> None:
    record = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:localhost:text-nummer-0")
    (root,) = record.xpath("//*[local-name()='dc']")
    assert root.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    assert {etree.QName(part).namespace for part in root} == {OAI["dc"]}
    assert {etree.QName(part).localname for part in root} <= DUBLIN_CORE
    assert {name for part in root for name in part.attrib} <= {"{http://www.w3.org/XML/1998/namespace}lang"}
    assert said(root, "dc:title/text()") == ["Text Nummer 0"]
    assert said(root, "dc:creator/text()") == ["Emre"]
    assert said(root, "dc:identifier/text()") == ["http://localhost:8000/veroeffentlichungen/text-nummer-0/"]
    assert said(root, "dc:rights/text()") == ["https://creativecommons.org/licenses/by/4.0/"]


# The mandatory properties of DataCite's kernel 4, and its closed lists as far as they are used here.
CLOSED = {
    "resourceTypeGeneral": {"Text"}, "nameType": {"Personal", "Organizational"}, "dateType": {"Issued", "Updated", "Valid", "Other"},
    "descriptionType": {"Abstract", "Other"}, "relatedIdentifierType": {"URL"},
    "relationType": {"IsTranslationOf", "IsObsoletedBy", "Obsoletes", "References"},
}  # fmt: skip


def test_datacite_has_what_its_kernel_demands(three: list[Output]) -> None:
    record = ask(verb="GetRecord", metadataPrefix="oai_datacite", identifier="oai:localhost:text-nummer-0")
    (root,) = record.xpath("//d:resource", namespaces=OAI)
    needed = [
        "identifier",
        "creators/d:creator/d:creatorName",
        "titles/d:title",
        "publisher",
        "publicationYear",
        "resourceType",
    ]
    assert [len(said(root, f"d:{path}/text()")) for path in needed] == [1] * 6
    assert re.fullmatch(r"\d{4}", said(root, "d:publicationYear/text()")[0])
    assert [etree.QName(part).localname for part in root if not len(part) and not part.text] == []
    for name, values in CLOSED.items():
        assert set(said(root, f"//@{name}")) <= values, name
    assert len({part.tag for part in root}) == len(root)  # each property once: the kernel's xs:all


def test_signs_that_xml_cannot_hold_are_left_out(people: Cast) -> None:
    published(people, title="Vor\x0bher & <nachher>")
    deliver_all(at=NOW)
    assert said(ask(verb="ListRecords", metadataPrefix="oai_dc"), "//dc:title/text()") == ["Vorher & <nachher>"]


def test_sets_are_kinds_and_themes_in_use(people: Cast) -> None:
    language = concept("th-sprache", "theme")
    deliver_all(at=NOW)
    output = published(people, title="Sprache")
    for narrower in ("th-sprachkurs", "th-sprachtest"):  # the broader one counts once
        output.concepts.add(concept(narrower, "theme", broader=[language]))
    deliver_all(at=NOW)
    specs = said(ask(verb="ListSets"), "//o:setSpec/text()")
    assert specs == [
        "kind",
        "kind:out-guidance",
        "theme",
        "theme:th-sprache",
        "theme:th-sprachkurs",
        "theme:th-sprachtest",
    ]
    for spec in specs:
        found = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
        assert said(found, "//o:identifier/text()") == ["oai:localhost:sprache"], spec


# --- what must not leak ----------------------------------------------------------------------------------------------


def identifiers(**more: str) -> dict[str, str]:
    """Identifier and status of every header."""
    root = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", **more)
    return {
        said(h, "o:identifier/text()")[0].rpartition(":")[2]: (said(h, "@status") or ["there"])[0]
        for h in root.xpath("//o:header", namespaces=OAI)
    }


@pytest.mark.parametrize(("audience", "seen"), [("public", True), ("network", False), ("staff", False)])
def test_only_what_everybody_may_read_has_a_record(audience: str, seen: bool, people: Cast) -> None:
    """The first case shows that the text would be there: only its audience keeps it out."""
    made = draft(people.emre, title="Handreichung")
    Output.objects.filter(pk=made.pk).update(audience=audience)
    bring_out(Output.objects.get(pk=made.pk), people)
    deliver_all(at=NOW)
    assert HarvestRecord.objects.exists() is seen
    answer = Client().get(reverse("feeds:oai"), {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert (b"Handreichung" in answer.content) is seen


def test_a_draft_has_no_record(people: Cast) -> None:
    draft(people.emre, title="Geheim")
    deliver_all(at=NOW)
    assert error_of(ask(verb="ListRecords", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_the_working_text_does_not_leak(people: Cast) -> None:
    published(people, title="Handreichung")
    Output.objects.update(title="Entwurf, geheim", summary="geheim")
    deliver_all(at=NOW)
    answer = Client().get(reverse("feeds:oai"), {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert b"Handreichung" in answer.content and b"geheim" not in answer.content


def test_staff_get_no_more_than_everybody(people: Cast, as_: Any) -> None:
    published(people, title="Handreichung")
    Output.objects.update(audience="staff")
    deliver_all(at=NOW)
    assert as_(people.ruth).get(reverse("outputs:output", args=["handreichung"])).status_code == 200
    assert error_of(ask(as_(people.ruth), verb="ListRecords", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_a_text_whose_audience_was_narrowed_is_gone_at_once_and_for_ever(people: Cast) -> None:
    """At once, before the worker has come; for ever, so that every harvester learns of it."""
    output = published(people, title="Handreichung")
    deliver_all(at=NOW)
    assert identifiers() == {"handreichung": "there"}
    Output.objects.update(audience="network")
    assert identifiers() == {"handreichung": "deleted"}
    later = NOW + timedelta(days=3)
    keep_records([output.pk], at=later)
    assert identifiers(from_="2026-11-26") == {"handreichung": "deleted"}
    Output.objects.update(title="Neuer, geheimer Titel")
    answer = Client().get(
        reverse("feeds:oai"),
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:handreichung"},
    )
    assert b'status="deleted"' in answer.content and b"metadata>" not in answer.content


def test_a_relation_to_a_text_that_is_not_public_is_not_told(people: Cast) -> None:
    base = published(people, title="Original")
    variant = draft(people.emre, title="Variante", language="en", base=base)
    bring_out(variant, people)
    deliver_all(at=NOW)
    question = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:variante-en"}
    assert said(ask(**question), "//dc:relation/text()") == ["http://localhost:8000/veroeffentlichungen/original/"]
    Output.objects.filter(pk=base.pk).update(audience="staff")
    assert said(ask(**question), "//dc:relation/text()") == []
