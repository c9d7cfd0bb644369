"""The catalogue of components, written from the tags themselves so that it cannot disagree with them."""

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from .templatetags import look_figures, look_forms, look_frame, look_texts

PARTS: tuple[ModuleType, ...] = (look_frame, look_texts, look_figures, look_forms)


def _parameter(parameter: inspect.Parameter) -> str:
    if parameter.default is inspect.Parameter.empty:
        return f"{parameter.name}=…"
    default = '""' if parameter.default == "" else "()" if parameter.default == () else repr(parameter.default)
    return f"[{parameter.name}={default}]"


def call_of(name: str, function: Callable[..., Any]) -> str:
    """How the tag is called in a template, optional parameters in square brackets."""
    parameters = list(inspect.signature(function).parameters.values())
    shown = [_parameter(p) for p in parameters if p.name not in ("context", "content")]
    return " ".join(["{%", name, *shown, "%}"])


def catalogue() -> Iterator[str]:
    """The lines of the catalogue in Markdown: a heading for each part, then call, template and meaning of each tag."""
    for part in PARTS:
        yield f"### {(part.__doc__ or '').strip().rstrip('.')}"
        yield ""
        for name in part.register.tags:
            function = getattr(part, name)
            yield f"**`{call_of(name, function)}`**"
            yield ""
            yield from textwrap.dedent(inspect.cleandoc(function.__doc__ or "")).splitlines()
            yield ""


BEGIN, END = (
    "<!-- generated: python -m nahtstelle.plumbing.look.reference docs/reference/look.md -->",
    "<!-- end of generated -->",
)


def renewed(page: str) -> str:
    """The reference page with its generated part written anew. Raises ``ValueError`` if the two marks are missing."""
    head, _, rest = page.partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise ValueError("The page lacks the marks between which the catalogue stands.")
    return f"{head}{BEGIN}\n\n" + "\n".join(catalogue()) + f"{END}{tail}"


if __name__ == "__main__":
    # Prints to the file named on the command line: the renewed reference.
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
