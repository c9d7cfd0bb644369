"""Full texts: attached with their rights, their words read for the search, removed."""

import logging
from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.files.actions import content_of, forget, keep
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import FullTextAttached, FullTextRemoved
from ..models import FullText, Work
from ..queries.works import root_of
from ..rules.full_texts import check_file

log = logging.getLogger(__name__)
MOST_PAGES = 1_500
MOST_SIGNS = 2_000_000


@transaction.atomic
def attach(
    *, work: Work, name: str, content: bytes, rights: str, licence: str = "", source: str = "", by: Actor, at: datetime
) -> FullText:
    """Keep a PDF with a work and have its words read; the same file twice is one.

    Raises ``Refusal`` where it is no PDF or too large, ``StorageTrouble`` where it cannot be kept.
    """
    check_file(content[:1024], len(content))
    work = Work.objects.select_for_update(of=("self",)).get(pk=root_of(work).pk)
    file = keep(content, media_type="application/pdf", at=at)
    known = work.full_texts.filter(file=file).first()
    if known is not None:
        return known
    made = FullText.objects.create(
        work=work, file=file, name=name[-200:], rights=FullText.Rights(rights).value, licence=licence.strip(),
        source=source.strip(), added_at=at, added_by_id=by.account_id,
    )  # fmt: skip
    record(FullTextAttached(made.pk, work.pk), by=by, at=at, touched=[work])
    return made


@transaction.atomic
def remove(*, text: FullText, by: Actor, at: datetime) -> None:
    """Take a full text away; its bytes go with it where nothing else names them."""
    text = FullText.objects.select_for_update(of=("self",)).select_related("file", "work").get(pk=text.pk)
    file, work = text.file, text.work
    text.delete()
    forget(file)
    record(FullTextRemoved(work.pk), by=by, at=at, touched=[work])


@transaction.atomic
def read_text(*, text: FullText, at: datetime) -> None:
    """Read the words of a PDF for the search; what stands in the way is kept as a code."""
    from io import BytesIO

    from pypdf import PdfReader  # reason: only the worker needs it
    from pypdf.errors import PyPdfError

    pages: list[str] = []
    trouble, count, size = "", 0, 0
    try:
        reader = PdfReader(BytesIO(content_of(text.file)))
        if reader.is_encrypted and not reader.decrypt(""):
            trouble = "encrypted"
        else:
            count = len(reader.pages)
            for number in range(min(count, MOST_PAGES)):
                said = (reader.pages[number].extract_text() or "").replace("\x00", "")
                said = said.encode("utf-8", "replace").decode()  # halves of signs that no database keeps
                pages.append(said)
                size += len(said)
                if size > MOST_SIGNS:
                    trouble = "long"
                    break
            if count > MOST_PAGES:
                trouble = "long"
            if not size:
                trouble = "no-words"
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as broken:
        # pypdf answers a broken file with whatever it stumbles over.
        log.info("Full text %s cannot be read: %s", text.pk, broken)
        trouble = "broken"
    text.pages, text.text, text.trouble = count, "\n".join(pages)[:MOST_SIGNS], trouble
    text.save(update_fields=["pages", "text", "trouble"])
