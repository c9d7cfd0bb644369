"""``nahtstelle``: everything an operator types.

A setting that cannot work is one sentence on standard error and exit code 2. Every command imports what it needs when
it runs: ``nahtstelle law`` then answers without Django, a database or a configuration.
"""

import os
import sys
from io import StringIO
from typing import Annotated

import typer

from nahtstelle.site.mail_cli import app as mail_commands
from nahtstelle.site.starting import load_django as _load_django

MISTAKE = 2

app = typer.Typer(
    name="nahtstelle",
    help="The platform a competence centre for immigration runs on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(mail_commands)
# The arguments belong to another command line, "--help" included.
PASSED_ON = {"add_help_option": False, "context_settings": {"allow_extra_args": True, "ignore_unknown_options": True}}

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


@app.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Annotated[int, typer.Option(min=1, help="Server processes.")] = 2,
    threads: Annotated[int, typer.Option(min=1, help="Requests that one process answers at a time.")] = 8,
    migrate: Annotated[bool, typer.Option("--migrate", help="Bring the database up to date first.")] = False,
) -> None:
    """Run the server; with NAHTSTELLE_WORKER_IN_SERVER the worker beside it."""
    _load_django()
    if migrate:
        _migrate()
    _check()
    _serve(host=host, port=port, processes=processes, threads=threads)


@app.command()
def worker() -> None:
    """Bring recorded facts to their reactions and send what waits, until told to stop."""
    _load_django()
    from nahtstelle.site.worker import run_forever

    run_forever()


@app.command()
def migrate() -> None:
    """Bring the database up to date, with the vocabulary and the programmes that come with the platform."""
    _load_django()
    _migrate()


@app.command()
def check() -> None:
    """Say whether the server could start: settings, database, open migrations."""
    _load_django()
    _check()
    typer.echo("Everything is in order.")


@app.command()
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Forget what visitors changed and start anew.")] = False,
) -> None:
    """Open the demo centre: invented people, laws and programmes, sign-in by choosing a person."""
    os.environ["NAHTSTELLE_DEMO"] = "1"
    from nahtstelle.site.serving import address, refuse_taken_port

    os.environ.setdefault("NAHTSTELLE_BASE_URL", address(host, port))

    refuse_taken_port(host, port)
    _load_django()
    from nahtstelle.site.demo.preparing import prepare

    prepare(reset=reset)
    _check()
    _serve(host=host, port=port, processes=1, threads=8)


@app.command(**PASSED_ON)
def law(context: typer.Context) -> None:
    """Read, compare and search German federal law: nahtstelle law --help."""
    from nahtstelle.site.law_cli import app as law_commands

    law_commands(args=context.args, prog_name="nahtstelle law")


@app.command(**PASSED_ON)
def library(context: typer.Context) -> None:
    """Convert, link and rank records of literature: nahtstelle library --help."""
    from nahtstelle.site.library_cli import app as library_commands

    library_commands(args=context.args, prog_name="nahtstelle library")


@app.command("import-laws", **PASSED_ON)
def import_laws(context: typer.Context) -> None:
    """Import official law files, folders and archives: nahtstelle import-laws --help."""
    _load_django()
    from django.core.management import call_command

    call_command("import_laws", *context.args)


@app.command(**PASSED_ON)
def search(context: typer.Context) -> None:
    """Rebuild the search's index, or measure what it finds: nahtstelle search --help."""
    _load_django()
    from nahtstelle.site.search_cli import app as search_commands

    search_commands(args=context.args, prog_name="nahtstelle search")


@app.command(**PASSED_ON)
def manage(context: typer.Context) -> None:
    """Any command of Django's: nahtstelle manage help."""
    _load_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["nahtstelle manage", *context.args])


def _migrate() -> None:
    from django.core.management import call_command

    from nahtstelle.site.ours import bring_in_ours

    call_command("migrate", interactive=False, verbosity=0)
    bring_in_ours()


def _check() -> None:
    from django.core.management import call_command

    from nahtstelle.site.serving import NotReady, open_migrations

    # Warnings are shown, errors end here; that there are none is not worth a line.
    call_command("check", databases=["default"], fail_level="ERROR", stdout=StringIO())
    missing = open_migrations()
    if missing:
        raise NotReady(
            f"The database is {missing} migrations behind. Run 'nahtstelle migrate', or serve with --migrate."
        )


def _serve(*, host: str, port: int, processes: int, threads: int) -> None:
    from django.conf import settings

    from nahtstelle.site.serving import gather_static_files, serve_until_told

    gather_static_files()

    raise typer.Exit(
        serve_until_told(
            host=host, port=port, processes=processes, threads=threads, with_worker=settings.WORKER_IN_SERVER
        )
    )


def main() -> None:
    try:
        app(prog_name="nahtstelle")
    except Exception as trouble:
        sentence = _sentence_of(trouble)
        if sentence is None:
            raise
        typer.echo(sentence, err=True)
        sys.exit(MISTAKE)


def _sentence_of(trouble: Exception) -> str | None:
    """What an operator can put right is said in one sentence; None for whatever is our own mistake."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError

    from nahtstelle.site.configuration import ConfigurationMistake
    from nahtstelle.site.serving import NotReady

    if isinstance(trouble, OperationalError) and _is_out_of_order(trouble):
        return f"The database cannot be used: {' '.join(str(trouble).split())}"
    if isinstance(trouble, ConfigurationMistake | ImproperlyConfigured | NotReady):
        return " ".join(str(trouble).split())
    if isinstance(trouble, CommandError):  # Django's own words, a list where its checks found several things
        return str(trouble)
    return None


def _is_out_of_order(trouble: Exception) -> bool:
    """Whether the database itself is in the way. SQLite raises the same for a missing column, our mistake."""
    from django.db import OperationalError, connection

    if any(words in str(trouble) for words in ("readonly database", "disk is full", "disk I/O error")):
        return True
    try:
        connection.close()
        connection.ensure_connection()
    except OperationalError:
        return True
    return False


if __name__ == "__main__":
    main()
