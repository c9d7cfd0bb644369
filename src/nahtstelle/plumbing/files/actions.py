"""Keeping bytes."""

import errno
import gzip
import hashlib
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from .models import KeptFile


class StorageTrouble(Exception):
    """The bytes could not be kept; nothing was half written. The message is a sentence."""


def keep(content: bytes, *, media_type: str, at: datetime) -> KeptFile:
    """Keep ``content``, packed, and return its record; the same bytes are kept once.

    The file is complete under its final name or not there at all. Raises ``StorageTrouble`` when the disk is full or
    cannot be written.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = KeptFile.objects.filter(digest=digest).first()
    if known is not None and absolute(known).exists():
        return known
    return keep_stream([content], media_type=media_type, at=at)


def keep_stream(chunks: Iterable[bytes], *, media_type: str, at: datetime) -> KeptFile:
    """As ``keep``, for a file of any size, piece by piece."""
    root = Path(settings.MEDIA_ROOT)
    digest, size = hashlib.sha256(), 0
    try:
        root.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=root, delete=False) as part:
            try:
                with gzip.GzipFile(filename="", fileobj=part, mode="wb", compresslevel=6, mtime=0) as packed:
                    for chunk in chunks:
                        digest.update(chunk)
                        size += len(chunk)
                        packed.write(chunk)
                part.flush()
                os.fsync(part.fileno())  # or a power cut leaves an empty file under the final name
                relative = f"{digest.hexdigest()[:2]}/{digest.hexdigest()}.gz"
                target = root / relative
                target.parent.mkdir(parents=True, exist_ok=True)
                Path(part.name).rename(target)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as trouble:
        if trouble.errno == errno.ENOSPC:
            raise StorageTrouble(_("The disk is full; the file was not kept. Nothing was changed.")) from trouble
        raise StorageTrouble(_("The file could not be written to the disk: %s") % trouble.strerror) from trouble
    kept, _created = KeptFile.objects.get_or_create(
        digest=digest.hexdigest(),
        defaults={"size": size, "media_type": media_type, "path": relative, "kept_at": at},
    )
    return kept


def absolute(kept: KeptFile) -> Path:
    return Path(settings.MEDIA_ROOT) / kept.path


def content_of(kept: KeptFile) -> bytes:
    """The bytes as they were given."""
    return gzip.decompress(absolute(kept).read_bytes())


def unpacked(kept: KeptFile) -> BinaryIO:
    """The bytes as they were given, in a temporary file that goes when it is closed; may be read anywhere in it."""
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - whoever asked closes it
    try:
        with gzip.open(absolute(kept), "rb") as packed:
            shutil.copyfileobj(packed, file)
    except OSError as trouble:
        file.close()
        raise StorageTrouble(_("The file could not be read from the disk: %s") % trouble) from trouble
    file.seek(0)
    return file


def forget(kept: KeptFile) -> bool:
    """Erase a file that nothing names any more; False where something still does.

    For what holds personal data and for what was replaced; law and editions are kept for good.
    """
    path = absolute(kept)
    try:
        with transaction.atomic():
            kept.delete()
    except ProtectedError:
        return False
    relative = kept.path

    def erase() -> None:
        if not KeptFile.objects.filter(path=relative).exists():  # the same bytes may have been given again since
            path.unlink(missing_ok=True)

    transaction.on_commit(erase)
    return True
