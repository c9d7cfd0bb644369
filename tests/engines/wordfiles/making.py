"""Word files for the tests: written with python-docx, or put together by hand where that has no word for it."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def written(fill: Callable[[Any], None]) -> bytes:
    """A file that python-docx wrote."""
    document = Document()
    fill(document)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def packed(body: str, *, types: str = TYPES, more: dict[str, bytes] | None = None, before: str = "") -> bytes:
    """A file with this body."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", f"{before}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, part in (more or {}).items():
            archive.writestr(name, part)
    return content.getvalue()


def p(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
