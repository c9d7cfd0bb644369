"""Sentences: where the sentences (Satz 1, Satz 2 …) of German legal prose begin and end.

A sentence ends at a full stop, question or exclamation mark that is followed by the beginning of another sentence. Never at
a semicolon or colon, never inside brackets or quotation marks, never after an abbreviation, an ordinal ("1. Januar", "2.
Halbsatz") or the marker of a list item. A list belongs to the sentence that introduces it; the text after the list is a new
sentence only if the list ended with a full stop and the text begins like a sentence.

Rules and abbreviations are from how statutes are written (Handbuch der Rechtsförmlichkeit), not fitted to the test data.
"""

import re

# Words before a full stop that do not end a sentence. Compared in lower case, without the stop.
_ABBREVIATIONS = frozenset(
    """abb abk abl abs abschn abt aktz allg alt am anh anl anm art arts aufl ausg az bay bd begr beil bek ber bes betr bez bgbl
    bl br brem bsp btm buchst bzgl bzw ca chr co cod d dgl dipl div doppelbuchst dr dres e ebd einschl entspr erl etc evtl
    exkl f ff fa fam fn fr gem ges geb gez ggf ggfs gl gr h halbs hess hj hs hon hr hrsg i ing inc incl inkl insb insbes
    iur jg jh jur kap kfm kl lat lfd lit ltd m max med mind mio mrd mwv n nachf nds nr nrn nto o od p par phil pos priv prof
    prot q rdnr rer rgbl rn rspr rs s sachgeb sächs sog sp spst st std stdn str techn tel tit tsd u ua unterabs unterabschn
    urspr usf usw v verf verh vers vgl vol vorbem vs w x y z ziff zit zul zust zz zzgl ver öff nat pol oec theol agr paed
    entsch rl vo komm lfg mstr nebst nomin nom ind gesch geänd mag bacc bakk habil soz""".split()
)
_MONTHS = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jänner"
    "|Jan|Feb|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez"
)
# After these words a number is a reference or an amount, so the stop behind it ends the sentence.
_REFERENCE = re.compile(
    r"(?:§{1,2}|\b(?:Art(?:ikels?|ikeln)?\.?|Abs(?:atz(?:es)?|ätzen?)?\.?|S(?:atz(?:es)?|ätzen?)?\.?"
    r"|N(?:ummern?|rn?)\.?|Buchst(?:aben?|abens)?\.?|(?:Doppel|Dreifach)buchstaben?|Anl(?:agen?)?\.?|Anh(?:angs?|änge)\.?"
    r"|Ziff(?:ern?)?\.?|Kap(?:iteln?|itels)?\.?|Teile?s?|Abschnitte?[sn]?|Tabellen?|Spalten?|Zeilen?|Positione?n?|Formeln?"
    r"|Randnummern?|Gruppen?|Klassen?|Stufen?|Jahre?s?|Seiten?|I|II|III|Nr))"
    r"\s*(?:\d+[a-z]{0,2}|[a-z]{1,3}|[IVXL]+)(?:\s*(?:,|und|oder|bis|sowie|u\.)\s*\d+[a-z]{0,2})*$"
)
_YEAR_OR_LARGE = re.compile(r"\d{3,}$")
_ENDS = re.compile(r"[.?!][“”\"»‘’'\])]*(?=\s)")
_MARKER = re.compile(r"(?:\d{1,3}[a-z]{0,2}\.(?:\d+\.?)*|[a-z]{1,3}\)|\d+[a-z]?\)|[–—•-])(?=\s)")
_BEGINNING = re.compile(r"[„“\"»‚'(\[]*(?:[A-ZÄÖÜ§]|\d)")
