"""The tags of RIS and of its dialects: Zotero, Scopus, Ovid, EBSCO, ProQuest, Web of Science, Embase, Lens, EndNote."""

# The best tag of a field comes first; what several may mean is settled by what the others hold.
RANKS = {
    "kind": ("TY",),
    "doi": ("DO", "DI", "L3", "M3"),
    "key": ("ID",),
    "title": ("TI", "T1", "CT"),
    "authors": ("AU", "A1"),
    "editors": ("ED", "A2"),
    "container": ("T2", "JF", "JO", "BT", "J2", "JA"),
    "year": ("PY", "Y1"),
    "issued": ("DA", "Y1", "PY"),
    "volume": ("VL",),
    "issue": ("IS", "CP"),
    "first": ("SP",),
    "last": ("EP",),
    "publisher": ("PB", "PU"),
    "place": ("CY", "PP", "PI"),
    "edition": ("ET",),
    "isbn": ("SN", "BN"),
    "issn": ("SN",),
    "pmid": ("PM",),
    "url": ("UR",),
    "language": ("LA",),
    "abstract": ("AB", "N2"),
    "keywords": ("KW", "DE"),
    "notes": ("N1",),
}

KINDS = {
    "JOUR": "article-journal", "JFULL": "periodical", "EJOUR": "article-journal", "INPR": "article-journal",
    "MGZN": "article-magazine", "NEWS": "article-newspaper", "CHAP": "chapter", "ECHAP": "chapter", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "CONF": "paper-conference", "CPAPER": "paper-conference", "RPRT": "report",
    "GOVDOC": "report", "THES": "thesis", "DATA": "dataset", "AGGR": "dataset", "COMP": "software",
    "ELEC": "webpage", "BLOG": "post-weblog", "ICOMM": "personal_communication", "PCOMM": "personal_communication",
    "LEGAL": "legislation", "STAT": "legislation", "BILL": "bill", "CASE": "legal_case", "HEAR": "hearing",
    "PAT": "patent", "STAND": "standard", "MAP": "map", "FIGURE": "figure", "VIDEO": "motion_picture",
    "MPCT": "motion_picture", "SOUND": "song", "MUSIC": "musical_score", "ART": "graphic", "SLIDE": "speech",
    "MANSCPT": "manuscript", "UNPB": "manuscript", "PAMP": "pamphlet", "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary", "ANCIENT": "classic", "CLSWK": "classic", "SER": "collection", "GEN": "document",
}  # fmt: skip
# The first type of a kind is the one written.
TYPES = {kind: type_ for type_, kind in reversed(KINDS.items())}
