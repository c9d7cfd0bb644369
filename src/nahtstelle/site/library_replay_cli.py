"""``nahtstelle library replay``: the rankings of a review made again from its log, and compared with those it had."""

from typing import Annotated

import typer

from nahtstelle.site.command_files import REFUSED

DIFFERENT = 1


def replay_review(
    review: Annotated[str, typer.Argument(help="The review, by the last part of its address.", show_default=False)],
) -> None:
    """Make every ranking of a review again. Exit code 1 where one is not the same."""
    from nahtstelle.site.starting import load_django

    load_django()
    from nahtstelle.rooms.library.models import Review
    from nahtstelle.rooms.library.replaying import replay

    found = Review.objects.filter(slug=review).first()
    if found is None:
        typer.echo(f"There is no review {review}.", err=True)
        raise typer.Exit(REFUSED)
    made = other = 0
    for compared in replay(found):
        made += 1
        one = compared.ranking
        if not compared.same:
            other += 1
            typer.echo(f"Ranking {one.pk} ({one.stage}, after line {one.after} of the log) is not the same.")
    typer.echo(f"{made} rankings made again, {made - other} the same, {other} not.")
    if other:
        raise typer.Exit(DIFFERENT)
