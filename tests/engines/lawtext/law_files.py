"""Small law files to read in tests, and the real ones beside the repository."""

import gzip
from collections.abc import Iterator
from pathlib import Path

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawReading, Norm

DOCTYPE = '<!DOCTYPE dokumente SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd">'
HEAD = "<jurabk>TestG 2020</jurabk><ausfertigung-datum>2020-01-31</ausfertigung-datum><langue>Testgesetz</langue>"


def norm_xml(
    content: str = "", *, enbez: str = "", titel: str = "", unit: str = "", number: str = "BJNR1BJNE1", more: str = ""
) -> str:
    """One norm; ``content`` is the inside of ``Content``, ``more`` what stands beside it in ``textdaten``."""
    metadata = (f"<enbez>{enbez}</enbez>" if enbez else "") + unit + (f"<titel>{titel}</titel>" if titel else "")
    text = f'<text format="XML"><Content>{content}</Content></text>' if content else ""
    return (
        f'<norm doknr="{number}"><metadaten><jurabk>TestG 2020</jurabk>{metadata}</metadaten>'
        f"<textdaten>{text}{more}</textdaten></norm>"
    )


def unit_xml(code: str, name: str, title: str = "") -> str:
    return (
        f"<gliederungseinheit><gliederungskennzahl>{code}</gliederungskennzahl><gliederungsbez>{name}</gliederungsbez>"
        f"<gliederungstitel>{title}</gliederungstitel></gliederungseinheit>"
    )


def law_xml(*norms: str, head: str = HEAD) -> str:
    return (
        f'<dokumente builddate="20250301223004" doknr="BJNR1"><norm doknr="BJNR1"><metadaten>{head}</metadaten>'
        f"<textdaten/></norm>{''.join(norms)}</dokumente>"
    )


def file_of(*norms: str, head: str = HEAD) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8" ?>' + DOCTYPE + law_xml(*norms, head=head)).encode()


def read(*norms: str, head: str = HEAD) -> LawReading:
    return read_law(file_of(*norms, head=head))


def read_norm(content: str, *, enbez: str = "§ 1", titel: str = "", more: str = "") -> Norm:
    """The norm after the head of a law that has only this one."""
    return read(norm_xml(content, enbez=enbez, titel=titel, more=more)).norms[1]


def real_law(shared_data: Path, day: str, slug: str) -> bytes:
    return gzip.decompress((shared_data / "laws" / day / f"{slug}.xml.gz").read_bytes())


def real_laws(shared_data: Path) -> Iterator[tuple[str, bytes]]:
    """All laws of the large archive and of the dated snapshots."""
    for path in sorted((shared_data / "laws" / "scale").glob("*.tar.xz")):
        with path.open("rb") as stream:
            for name, data in open_law_archive(stream):
                assert isinstance(data, bytes), data
                yield name, data
    for path in sorted((shared_data / "laws").glob("2*/*.xml.gz")):
        yield f"{path.parent.name}/{path.name}", gzip.decompress(path.read_bytes())
