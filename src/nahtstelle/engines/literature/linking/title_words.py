"""Words that make a title one of many: said of the kind of piece, of its number, or in every sentence of a language."""

import re

# Titles many works share: they say what kind of piece it is and nothing about what is in it.
_OF_A_PIECE = """
editorial editorials editor editors s note notes comment comments letter letters introduction preface foreword
afterword prologue epilogue commentary erratum errata corrigendum corrigenda correction corrections addendum reply
response rejoinder discussion review reviews book books abstract abstracts index contents table announcement
announcements obituary news in memoriam acknowledgement acknowledgements acknowledgment acknowledgments reviewers
guest special issue section this about author authors contributors call papers from desk perspective perspectives
senior remarks front matter back cover masthead untitled title unknown no not available conclusion conclusions summary
appendix bibliography references glossary message president chair welcome viewpoint opinion invited vorwort einleitung
einfuhrung editorische nachwort geleitwort inhalt inhaltsverzeichnis rezension rezensionen buchbesprechung
buchbesprechungen besprechung leserbrief nachruf mitteilungen literatur impressum heft schwerpunkt zum zu diesem thema
fazit ausblick zusammenfassung anhang kommentar berichtigung to the of and on for a an der die das und executive
overview symposium proceedings conference annual report year new microsoft word document doc docx pdf untitled1 layout
presentation slide
"""
_LITTLE = """
a an and as at by for from in into is of on or the to with und der die das des den dem ein eine einer im von zu zur
zum mit auf fur bei aus als le la les de du et un une en el los las y del
"""
_BEFORE_A_NUMBER = """
part teil phase study studie volume vol band chapter kapitel section edition auflage book paper heft number no wave
welle report series partie parte tome step stage
"""
_TONGUES = {
    "en": "the of and in for with on to from an by is are at as how what",
    "de": "der die das und des fur im zur zum mit auf bei den dem eine einer von aus nach uber",
    "fr": "les des du et une dans pour sur aux par avec chez la le",
    "es": "el los las del y una en para por con entre de la",
    "it": "il della delle nel nella di per con gli dei e",
    "pt": "do da dos das em uma na no para com e o",
}
GENERIC_WORDS = frozenset(_OF_A_PIECE.split())
STOPWORDS = frozenset(_LITTLE.split())
COUNTED = frozenset(_BEFORE_A_NUMBER.split())
FUNCTION_WORDS = {tongue: frozenset(words.split()) for tongue, words in _TONGUES.items()}
ROMAN = {'i': 1, 'ii': 2, 'iii': 3, 'iv': 4, 'v': 5, 'vi': 6, 'vii': 7, 'viii': 8, 'ix': 9, 'x': 10, 'xi': 11, 'xii': 12}  # fmt: skip
# Titles that come back in every issue, with or without the name of the journal.
SERIAL = re.compile(
    r"\b(?:editor s (?:comment|note|letter|page|introduction|column)s?|editorial (?:note|comment|introduction)s?|from the editors?|"
    r"guest editorial|letter from the|in this issue|about this issue|call for papers|aus der redaktion|zu diesem heft)\b"
    r"|^(?:editorial|special (?:issue|section)|introduction to (?:the )?special|book reviews?|vorwort|preface)\b"
)


def is_generic(words: list[str]) -> bool:
    return all(word in GENERIC_WORDS or word.isdigit() or word in ROMAN for word in words)


def tongue_of(words: list[str]) -> str:
    counts = {tongue: sum(word in little for word in words) for tongue, little in FUNCTION_WORDS.items()}
    best = max(counts, key=lambda tongue: counts[tongue])
    return best if counts[best] and sorted(counts.values())[-2] < counts[best] else ""
