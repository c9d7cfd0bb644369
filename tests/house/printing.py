"""The references that are printed from the code: ``./run print`` writes them, a test compares them."""

import os
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


def personal_data_reference() -> str:
    """Needs Django and the wires: what each room declares of persons."""
    import django  # reason: only this reference needs it

    django.setup()
    from django.utils.translation import override  # reason: Django must be set up first

    from nahtstelle.register.people.questions import all_holdings, all_mentions
    from nahtstelle.site.wiring import answer_questions

    answer_questions()
    with override("en"):
        rows = "\n".join(
            f"| {holding.title} | `{holding.model._meta.label_lower}` | "
            f"{', '.join(name.replace('__', ' ') for name in holding.shows)} | {holding.stays or 'nothing'} |"
            for holding in reversed(all_holdings())
        )
    words = "\n".join(
        f"| `{one.model._meta.label_lower}` | {', '.join(one.fields)} |"
        for one in sorted(all_mentions(), key=lambda one: one.model._meta.label_lower)
    )
    return (
        "# Personal data\n\n"
        "What is held of a person, what the person gets when they ask for it, and what stays when they are erased. Printed\n"
        "by `./run print` from the same declarations the export and the erasing work from; why it is so:\n"
        "[decision 0011](../decisions/0011-erasing-a-person.md).\n\n"
        "| what | where | in the export | stays after erasing |\n|---|---|---|---|\n"
        f"{rows}\n\n"
        "In these columns anybody may be named by others. The export says where; erasing puts a stand-in there.\n\n"
        f"| where | columns |\n|---|---|\n{words}\n\n"
        "Titles, summaries, texts and notes of outputs, their saves and editions are content of the centre and are not\n"
        "searched: whoever is named there is named by a published text, which is changed by a new edition. The same holds\n"
        "for the texts of laws and acts.\n"
    )


PRINTED: dict[Path, Callable[[], str]] = {
    ROOT / "docs" / "reference" / "settings.md": settings_reference,
    ROOT / "docs" / "reference" / "personal-data.md": personal_data_reference,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    for path, text in PRINTED.items():
        path.write_text(text())


if __name__ == "__main__":
    main()
