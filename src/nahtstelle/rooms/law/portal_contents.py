"""The portal's table of contents: ``<items><item><title/><link>http://…/aufenthg_2004/xml.zip</link></item>…``."""

import re

from django.utils.translation import gettext as _
from lxml import etree

CONTENTS = "gii-toc.xml"
_LINK = re.compile(r"/([A-Za-z0-9][A-Za-z0-9._-]{0,118})/xml\.zip$")


class PortalTrouble(Exception):
    """The portal cannot be used now; the message is a sentence."""


def slugs_in(content: bytes) -> list[str]:
    """The slugs the table of contents links to, each once, in its order.

    Of a link only the slug counts, never its host. Raises ``PortalTrouble`` when it is no table of contents.
    """
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PortalTrouble(_("The portal's table of contents cannot be read: %s") % error.msg) from None
    links = (_LINK.search((link.text or "").strip()) for link in root.iterfind("item/link"))
    slugs = list(dict.fromkeys(found.group(1) for found in links if found))
    if not slugs:
        raise PortalTrouble(_("The portal's table of contents names no law."))
    return slugs
