"""Where the demo's content stands, and the ids it may use (the vocabulary of the centre)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parents[2] / "src/nahtstelle/site/demo/content"
OUTPUTS = sorted((CONTENT / "outputs").glob("*.md"))

# One line a facet is easier to compare with the vocabulary than one line an id.
# fmt: off
STATUS = (
    "asylsuchend gestattung gestattung-sho asylber fluechtling subsidiaer abschverbot p24 resettlement duldung "
    "duldung-light ausbduldung beschduldung ausbae chancen bleiberecht eu eu-fam fk-bb fk-akad bluecard erfahrung "
    "westbalkan anerk chancenkarte studium ausbildung familie spaet ne deutsch ohne"
)
GROUP = (
    "frauen maenner queer jung umf aeltere eltern behinderung psyche literalisierung langzeit leistung unterqual "
    "prekaer selbst neu roma herkunft"
)
QUAL = "ohne schule beruf-ausl akad reglementiert informell teil"
THEME = (
    "anerkennung quali kompetenz sprache amzugang aufenthalt identitaet verfahren ausbildung abbruch vermittlung "
    "betrieb fair diskr ikoe lohn fachkraefte vorint wohnen mobil kinder gesundheit sozial familie digital netzwerk "
    "partizip gruendung einbuerg daten"
)
STAKEHOLDER = (
    "wissenschaft politik migrantenorg behoerden sozialpartner zivil unternehmen kommunal arbeitsverwaltung kammern "
    "traeger schulen foerderer medien international"
)
KIND = (
    "recommendation instrument method concept standard guidance legal-overview law-bulletin faq analysis paper dossier "
    "factsheet policy-paper statement good-practice training proceedings minutes dataset contribution newsletter page"
)
LAND = "SH HH NI HB NW HE RP BW BY SL BE BB MV SN ST TH"
CENTRE_ROLE = "centre-lead legal-officer researcher editor coordinator-desk administrator"
OTHER_ROLE = (
    "network-coordinator project-lead adviser kuemmerer pr finance evaluator programme-steering funder-officer"
)
# fmt: on


def ids(prefix: str, names: str) -> frozenset[str]:
    return frozenset(prefix + name for name in names.split())


THEMES = ids("th-", THEME)
STAKEHOLDERS = ids("sh-", STAKEHOLDER)
REGIONS = ids("DE-", LAND) | {"DE"}
KINDS = ids("out-", KIND)
ROLES = ids("", CENTRE_ROLE) | ids("", OTHER_ROLE)
FACETS = {
    "status": ids("st-", STATUS),
    "group": ids("gr-", GROUP),
    "qual": ids("qu-", QUAL),
    "theme": THEMES,
    "stakeholder": STAKEHOLDERS,
    "region": REGIONS,
}


@cache
def listed(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of ``<name>.yaml``."""
    return tuple(yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8")))


def slugs(name: str) -> set[str]:
    return {row["slug"] for row in listed(name)}


@cache
def output(path: Path) -> tuple[dict[str, Any], str]:
    """The front matter and the Markdown of one output."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body
