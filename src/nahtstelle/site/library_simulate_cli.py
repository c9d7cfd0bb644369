"""``nahtstelle library simulate``: a review whose end is known, ranked from two labels on, and what that would have saved."""

import csv
import json
import time
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from nahtstelle.site.command_files import AnswerFormat, FileRefused, opened, refusing

if TYPE_CHECKING:
    from nahtstelle.engines.literature.records import Record
    from nahtstelle.engines.literature.screening.simulating import Simulation

_COLUMNS = ("title", "abstract", "label_included")
_POINTS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def simulate_screening(
    file: Annotated[
        str,
        typer.Argument(
            help="Records with labels, .csv or .csv.gz: title, abstract, label_included.", show_default=False
        ),
    ],
    seed: Annotated[int, typer.Option(min=0, help="Chooses the two records to begin with.")] = 0,
    output: Annotated[AnswerFormat, typer.Option("--format", help="How to answer.")] = AnswerFormat.TEXT,
    step: Annotated[int, typer.Option(min=1, help="Labels between two trainings.")] = 1,
    model: Annotated[str, typer.Option(help="Which model ranks.")] = "machine",
    features: Annotated[str, typer.Option(help="What of the records it looks at.")] = "words-and-bridges",
) -> None:
    """What ranking would have saved in a review that is done."""
    from nahtstelle.engines.literature.screening.values import CannotScreen

    with refusing(CannotScreen):
        records, labels = read_labelled(file)
        done = _simulated(records, labels, seed=seed, step=step, model=model, features=features)
    if output is AnswerFormat.JSON:
        typer.echo(json.dumps(_as_json(done, records, step=step), ensure_ascii=False))
    else:
        typer.echo(_as_text(done, len(records)), nl=False)


def read_labelled(name: str) -> tuple[list["Record"], list[int]]:
    """The records of a file and whether each was included. Raises ``FileRefused``."""
    csv.field_size_limit(10**8)
    with opened(name) as stream, TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text, strict=True)
        try:
            return _labelled(name, reader)
        except csv.Error as error:
            raise FileRefused(f"{name}, line {reader.line_num}: this is no CSV file ({error}).") from None
        except UnicodeDecodeError:
            raise FileRefused(f"{name} is not a text in UTF-8.") from None


def _labelled(name: str, reader: "csv.DictReader[str]") -> tuple[list["Record"], list[int]]:
    from nahtstelle.engines.literature.records import Record

    records, labels = list[Record](), list[int]()
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise FileRefused(f"{name} has no column {' and no column '.join(missing)}.")
    for row in reader:
        label = (row["label_included"] or "").strip()
        if label not in ("0", "1"):
            raise FileRefused(f'{name}, line {reader.line_num}: label_included is "{label}"; it must be 0 or 1.')
        words = (row.get("keywords") or "").replace("|", ";").split(";")
        records.append(
            Record(
                key=row.get("record_id") or str(len(records) + 1),
                title=row["title"] or "",
                abstract=row["abstract"] or "",
                keywords=tuple(word.strip() for word in words if word.strip()),
            )
        )
        labels.append(int(label))
    return records, labels


def _simulated(
    records: list["Record"], labels: list[int], *, seed: int, step: int, model: str, features: str
) -> "Simulation":
    import numpy as np

    from nahtstelle.engines.literature.screening.ranking import features_named, for_simulation, model_named
    from nahtstelle.engines.literature.screening.simulating import priors, simulate

    known = np.array(labels, dtype=np.int64)
    model_named(model)
    make = features_named(features)
    priors(known, seed=seed)  # whatever cannot be simulated is said before the long work
    return simulate(for_simulation(model, make(records)), known, seed=seed, step=step, clock=time.perf_counter)


def _as_json(done: "Simulation", records: list["Record"], *, step: int) -> dict[str, object]:
    return {
        "records": len(records),
        "included": int(done.found[-1]) + 1,
        "seed": done.seed,
        "step": step,
        "priors": [records[place].key for place in done.priors],
        "loss": done.loss,
        "wss95": done.wss95,
        "recall10": done.recall10,
        "atd": done.atd,
        "seconds": done.seconds,
        "trainings": done.trainings,
        "curve": [int(found) for found in done.found],
        "order": [records[int(place)].key for place in done.order],
    }


def _as_text(done: "Simulation", size: int) -> str:
    all_found = int(done.found[-1])
    lines = [
        f"{size} records, {all_found + 1} included; one of each given, {all_found} to find among {len(done.order)}.",
        f"loss {done.loss:.4f}   WSS@95 {done.wss95:.4f}   recall at 10 % {done.recall10:.4f}   "
        f"time to discovery {done.atd:.4f}",
        f"{done.trainings} trainings, {1000 * done.seconds:.1f} ms each",
        "",
        "   read   found  recall",
    ]
    for share in _POINTS:
        read = max(1, round(share * len(done.order)))
        found = int(done.found[read - 1])
        recall = found / all_found
        lines.append(f"{read:7d} {found:7d}  {recall:6.1%}  {'#' * round(40 * recall)}")
    return "\n".join(lines) + "\n"
