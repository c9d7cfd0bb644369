"""``nahtstelle mail``: taking mail from a pipe or a mailbox. Exit codes are those of sysexits.h, which mail servers know."""

import sys
import tempfile
from shutil import copyfileobj

import typer

from .starting import load_django

OK, NOTHING_THERE, TRY_AGAIN = 0, 65, 75  # EX_OK, EX_DATAERR, EX_TEMPFAIL

app = typer.Typer(name="mail", help="Take incoming mail.", no_args_is_help=True)


@app.command()
def take() -> None:
    """Read one mail from standard input, as a mail server pipes it.

    Ends with 75 wherever another attempt may succeed (a setting, the database, the disk): the mail server keeps the
    mail and tries again. Ends with 65 where nothing was piped.
    """
    with tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024) as spool:
        try:
            # To the end first, or the mail server takes the closed pipe for a failure.
            copyfileobj(sys.stdin.buffer, spool, 1024 * 1024)
            spool.seek(0)
            load_django()
            from django.utils import timezone

            from nahtstelle.plumbing.ledger.actors import system
            from nahtstelle.site.mailroom.taking import Outcome
            from nahtstelle.site.mailroom.taking import take as take_in

            outcome = take_in(spool, by=system("mailroom"), at=timezone.now())  # type: ignore[arg-type] # a binary stream
        except Exception as trouble:  # reason: whatever it is, the mail must not be lost; the server keeps it
            typer.echo(f"The mail was not taken and should be tried again: {trouble}", err=True)
            raise typer.Exit(TRY_AGAIN) from trouble
    typer.echo(outcome.value)
    if outcome is Outcome.EMPTY:
        raise typer.Exit(NOTHING_THERE)


@app.command()
def fetch() -> None:
    """Take what lies in the mailbox of NAHTSTELLE_IMAP_HOST; the worker does the same every two minutes."""
    load_django()
    from django.conf import settings
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.site.mailroom.imap import MailboxTrouble
    from nahtstelle.site.mailroom.imap import fetch as fetch_all

    if not settings.IMAP_HOST:
        typer.echo("No mailbox is set: NAHTSTELLE_IMAP_HOST is empty.", err=True)
        raise typer.Exit(2)
    try:
        done = fetch_all(by=system("mailroom"), at=timezone.now())
    except MailboxTrouble as trouble:
        typer.echo(str(trouble), err=True)
        raise typer.Exit(TRY_AGAIN) from trouble
    typer.echo(
        ", ".join(f"{name}: {number}" for name, number in sorted(done.items())) or "Nothing lies in the mailbox."
    )
