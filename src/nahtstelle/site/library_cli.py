"""``nahtstelle library``: records of literature converted, without a database.

Answers go to standard output, refusals in one sentence to standard error with exit code 2. Each command has a module.
"""

import typer

from nahtstelle.site.library_convert_cli import convert

app = typer.Typer(name="library", help="Records of literature: from one format into another.", no_args_is_help=True)
app.callback()(lambda: None)  # with one command alone, typer would leave its name out
app.command("convert")(convert)
