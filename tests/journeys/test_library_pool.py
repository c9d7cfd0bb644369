"""Five exports of five databases, in five formats and with overlaps, become one pool of works.

Looked at, imported each; what is the same across the sources is brought together afterwards.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.library.models import Import, Record, Work
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

SCOPUS = """TY  - JOUR
TI  - Language courses and employment of refugees
AU  - Klee, Anna
AU  - Berg, Bo
PY  - 2021
JO  - Journal of Invented Migration
VL  - 7
SP  - 11
EP  - 34
DO  - 10.5555/jim.2021.7
ID  - s1
ER  -
TY  - JOUR
TI  - Housing and work in rural districts
AU  - Novak, Petra
PY  - 2020
DO  - 10.5555/jim.2020.3
ID  - s2
ER  -
"""
# The first work again, without its DOI; a second entry without a comma; one of its own.
ECONBIZ = """@article{klee2021, title = {Language Courses and Employment of Refugees}, author = {Klee, Anna and Berg, Bo},
  year = {2021}, journal = {Journal of Invented Migration}, volume = {7}, pages = {11--34}}
@article{kaputt, title = {Ohne Ende
@report{adler2019, title = {Wege in den erlernten Beruf}, author = {Adler, Miriam}, year = {2019}, institution = {Amt}}
"""
PUBMED = """PMID- 31000001
TI  - Language courses and employment of refugees.
FAU - Klee, Anna
FAU - Berg, Bo
DP  - 2021
JT  - Journal of Invented Migration
VI  - 7
PG  - 11-34
LID - 10.5555/jim.2021.7 [doi]
PT  - Journal Article

PMID- 31000002
TI  - Health checks on arrival.
FAU - Abdi, Hodan
DP  - 2018
JT  - Health and Migration Invented
LID - 10.5555/hmi.2018.1 [doi]
PT  - Journal Article
PT  - Retracted Publication
"""
ZOTERO = (
    '[{"id": "z1", "type": "article-journal", "title": "Housing and work in rural districts", "DOI": "10.5555/JIM.2020.3",'
    ' "author": [{"family": "Novak", "given": "Petra"}], "issued": {"date-parts": [[2020]]}},'
    ' {"id": "z2", "type": "book", "title": "Ein Handbuch", "author": [{"literal": "Amt"}],'
    ' "issued": {"date-parts": [[2017]]}}]'
)
TABLE = "Titel;Verfasst von;Jahr;DOI;Signatur\nGesundheit bei Ankunft;Abdi, Hodan;2018;10.5555/hmi.2018.1;A 1\nRegale;Sommer, Katrin;2016;;A 2\n"
FILES = {
    "Scopus": ("scopus.ris", SCOPUS, 2), "EconBiz": ("econbiz.bib", ECONBIZ, 2), "PubMed": ("pubmed.nbib", PUBMED, 2),
    "Zotero": ("zotero.json", ZOTERO, 2), "Regal": ("regal.csv", TABLE, 2),
}  # fmt: skip


def test_five_exports_become_one_pool(
    demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[..., None], tmp_path: Path
) -> None:
    before = Work.objects.count()
    me = visitor()
    me.comes_in_as("Emre Aydın")
    for source, (name, text, records) in FILES.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        gives(me, source, path)
        if name.endswith(".csv"):
            says_what_the_columns_mean(me, axe)
        looks_at_the_records(me, axe, source, records)
        takes_them_in(me)
    came = Record.objects.filter(batch__source__in=FILES)
    assert (Import.objects.filter(state="done", source__in=FILES).count(), came.count()) == (5, 10)
    assert all(record.work_id for record in came)
    assert Work.objects.count() >= before + 6
    sees_the_pool(me, axe)
    sees_what_was_retracted(me, axe)


def gives(me: Visitor, source: str, path: Path) -> None:
    me.goes_to("Imports of literature", group="Library")
    me.follows("Import a file", within="#main")
    me.page.locator("#id_file").set_input_files(path)
    me.page.locator("#id_source").fill(source)
    me.page.locator("#id_searched_on").fill("2026-11-20")
    me.presses("Read the file", within="#main")
    the_worker_goes_on(me)


def says_what_the_columns_mean(me: Visitor, axe: Callable[..., None]) -> None:
    me.follows("Assign the columns", within="#main")
    me.sees("Abdi, Hodan", plain=True)
    axe(me.page)
    me.page.locator("#id_column-1").select_option("authors")
    me.presses("Read the records", within="#main")
    the_worker_goes_on(me)


def looks_at_the_records(me: Visitor, axe: Callable[..., None], source: str, records: int) -> None:
    batch = Import.objects.filter(source=source).latest("pk")
    assert batch.records_read == records, source
    axe(me.page)
    if batch.unread.filter(kept=False).exists():
        me.page.locator("#main .n-tiles a").click()
        me.sees("Ohne Ende", plain=True)
        axe(me.page)
        me.page.go_back()


def takes_them_in(me: Visitor) -> None:
    me.follows("Import these records", within="#main")
    me.presses("Import now", within="#main")
    the_worker_goes_on(me)
    me.sees("Imported on")


def sees_the_pool(me: Visitor, axe: Callable[..., None]) -> None:
    me.opens("library:works")
    me.page.locator("#id_q").fill("klee language")
    me.presses("Show", within="#main")
    me.sees("Language courses and employment of refugees", plain=True)
    axe(me.page)


def sees_what_was_retracted(me: Visitor, axe: Callable[..., None]) -> None:
    me.page.locator("#id_q").fill("health checks")
    me.presses("Show", within="#main")
    me.page.get_by_role("link", name="Health checks on arrival.").first.click()
    me.sees("This publication was retracted")
    axe(me.page)


def the_worker_goes_on(me: Visitor) -> None:
    deliver_all(at=timezone.now())
    me.looks_again()
