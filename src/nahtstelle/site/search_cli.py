"""``nahtstelle search``: make the index anew, measure what it finds."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="search", help="The search's index: make it anew, measure what it finds.", no_args_is_help=True)


@app.command()
def rebuild(
    learn: Annotated[bool, typer.Option(help="Learn anew which compounds there are.")] = True,
) -> None:
    """Bring the index in line with everything the centre holds; the site goes on serving."""
    from django.utils import timezone

    from nahtstelle.site.search.index import rebuild as make

    made = make(at=timezone.now(), learn=learn, say=typer.echo)
    typer.echo(f"{made.offered} documents, {made.written} written, {made.removed} removed.")


@app.command()
def evaluate(
    judgements: Annotated[Path, typer.Argument(help="CSV with query, document, grade (0 to 3).", show_default=False)],
    worst: Annotated[int, typer.Option(min=0, help="List so many of the worst queries.")] = 0,
) -> None:
    """nDCG@10, recall@20 and the time of each search, for judged queries. As an anonymous reader."""
    from nahtstelle.site.search.evaluating import evaluate as measure
    from nahtstelle.site.search.evaluating import read_judgements
    from nahtstelle.site.search.readers import PUBLIC

    try:
        judged = read_judgements(judgements)
    except (OSError, ValueError) as trouble:
        typer.echo(f"{judgements} cannot be used: {trouble}", err=True)
        raise typer.Exit(2) from None
    for line in measure(judged, keys=frozenset((PUBLIC,))).lines(worst=worst):
        typer.echo(line)
