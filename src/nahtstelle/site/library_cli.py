"""``nahtstelle library``: records of literature, without a database but for ``replay``.

Answers go to standard output, refusals in one sentence to standard error with exit code 2. Each command has a module.
"""

import typer

from nahtstelle.site.library_convert_cli import convert
from nahtstelle.site.library_dedupe_cli import dedupe
from nahtstelle.site.library_replay_cli import replay_review
from nahtstelle.site.library_simulate_cli import simulate_screening

app = typer.Typer(
    name="library",
    help="Records of literature: converted, which are one work, what a screening would save.",
    no_args_is_help=True,
)
app.command("convert")(convert)
app.command("dedupe")(dedupe)
app.command("replay")(replay_review)
app.command("simulate")(simulate_screening)
