"""``nahtstelle library``: records of literature linked and ranked, without a database.

Answers go to standard output, refusals in one sentence to standard error with exit code 2. Each command has a module.
"""

import typer

from nahtstelle.site.library_simulate_cli import simulate_screening

app = typer.Typer(
    name="library", help="Records of literature: what a screening would have saved.", no_args_is_help=True
)
app.callback()(lambda: None)  # with one command alone, typer would leave its name out
app.command("simulate")(simulate_screening)
