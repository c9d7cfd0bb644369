"""``import_laws``: files, folders and archives of laws, of any size, taken in at once."""

import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.values import LawTextError
from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.law.models import Import
from nahtstelle.rooms.law.telling import Telling, in_english

ENDINGS = (".xml", ".xml.gz", ".zip", ".tar.xz", ".tar.gz")
BY = system("import")


def day(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise ArgumentTypeError(f"{text} is no day; write it as 2026-11-23")
    return found


class Command(BaseCommand):
    help = "Import federal laws (gii-norm XML) from files, folders and archives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "nahtstelle import-laws"
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help=f"A folder or a file ({', '.join(ENDINGS)})."
        )
        parser.add_argument(
            "--seen-on", required=True, type=day, metavar="DAY", help="The day the files show (2026-11-23)."
        )
        parser.add_argument("--complete", action="store_true", help="Every law of the portal is among them.")
        parser.add_argument(
            "--preview", action="store_true", help="Stop before anything is changed; confirm on the import's page."
        )

    @in_english
    def handle(self, *, paths: list[Path], seen_on: date, complete: bool, preview: bool, **_options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}.")
        files = [file for path in paths for file in files_below(path)]
        if not files:
            raise CommandError(f"No law file is there: looked for {', '.join(ENDINGS)}.")
        source = ", ".join(path.name or str(path) for path in paths)[:300]
        telling = Telling(self.stdout)
        try:
            batch = self._list(source, files, seen_on=seen_on, complete=complete, telling=telling)
        except (Refusal, StorageTrouble) as trouble:
            raise CommandError(str(trouble)) from trouble
        telling.carry(batch, confirm=not preview, by=BY)

    def _list(self, source: str, files: list[Path], *, seen_on: date, complete: bool, telling: Telling) -> Import:
        """List every law of every file; one begun before and broken off is given up for this one."""
        at = timezone.now()
        for unfinished in Import.objects.filter(source=source, state=Import.State.CHECKING, listed=False):
            importing.abandon(unfinished, by=BY, at=at)
        batch = importing.open_listing(source=source, seen_on=seen_on, complete=complete, by=BY, at=at)
        try:
            for number, (name, content) in enumerate(laws_in(files), start=1):
                importing.list_file(batch, name, content, by=BY, at=timezone.now())
                telling.now_and_then(f"{number} files listed", at=time.monotonic())
        except StorageTrouble:
            importing.abandon(batch, by=BY, at=timezone.now())
            raise
        importing.close_listing(batch)
        return batch


def files_below(path: Path) -> list[Path]:
    """The law files of a folder and everything below it, in order; a file is itself."""
    if not path.is_dir():
        return [path]
    found = (file for file in path.rglob("*") if file.name.lower().endswith(ENDINGS) and not file.name.startswith("."))
    return sorted(file for file in found if file.is_file())


def laws_in(files: list[Path]) -> Iterator[tuple[str, bytes | LawTextError]]:
    """Every law of every file, one in memory at a time; what cannot be opened or read on comes as its trouble."""
    for file in files:
        name = f"{file.absolute().parent.name}/{file.name}"
        try:
            with file.open("rb") as stream:
                for member, content in open_law_archive(stream, name=name):
                    yield (member if "/" in member else f"{name}/{member}"), content
        except LawTextError as trouble:
            yield name, trouble
        except OSError as trouble:
            reason = trouble.strerror or str(trouble)
            yield name, LawTextError(reason, code="not_opened", details={"reason": reason})
