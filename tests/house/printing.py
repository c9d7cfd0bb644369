"""The references that are printed from the code: ``./run print`` writes them, a test compares them."""

from collections.abc import Callable
from pathlib import Path

from nahtstelle.site.configuration import meanings
from tests.house.plan import ROOT


def settings_reference() -> str:
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in meanings())
    return (
        "# Settings\n\n"
        "Read once from the environment when a process starts. What cannot work is refused in one sentence, with exit\n"
        "code 2. This page is printed from `src/nahtstelle/site/configuration.py` by `./run print`.\n\n"
        f"| variable | meaning |\n|---|---|\n{rows}\n"
    )


PRINTED: dict[Path, Callable[[], str]] = {ROOT / "docs" / "reference" / "settings.md": settings_reference}


def main() -> None:
    for path, text in PRINTED.items():
        path.write_text(text())


if __name__ == "__main__":
    main()
