"""The one address of the provider: asked with GET or POST, answered in XML."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from lxml import etree

from .answering import OAI, answer, base_url, element
from .formats import XSI
from .protocol import ProtocolError, read_question, written

SAYS_NOTHING_OF_ITSELF = {"badVerb", "badArgument"}  # errors after which the question is not repeated


@csrf_exempt  # it changes nothing, and the protocol wants POST
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: HttpRequest) -> HttpResponse:
    """OAI-PMH 2.0: what everybody may read of the publications, for those who collect."""
    now = timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    element(root, "responseDate", written(now))
    asked = element(root, "request", base_url())
    repeated: dict[str, str] = {}
    try:
        question = read_question({name: given.getlist(name) for name in given})
        repeated = {"verb": question.verb, **question.arguments}
        root.append(answer(question, at=now, today=timezone.localdate(now)))
    except ProtocolError as error:
        if error.code in SAYS_NOTHING_OF_ITSELF:
            repeated = {}
        element(root, "error", str(error)).set("code", error.code)
    for name, value in repeated.items():
        asked.set(name, value)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xsi"])
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(content, content_type="text/xml; charset=utf-8")
