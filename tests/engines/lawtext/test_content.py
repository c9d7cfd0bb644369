"""Content: markup to lines of plain text."""

import pytest

from nahtstelle.engines.lawtext.values import BlockKind
from tests.engines.lawtext.law_files import read_norm


def lines(content: str) -> list[tuple[str, int, str, str]]:
    norm = read_norm(content)
    return [(b.kind.value, b.depth, b.marker, norm.text[b.start : b.end]) for b in norm.blocks]


def item(marker: str, inside: str) -> str:
    return f"<DT>{marker}</DT><DD><LA>{inside}</LA></DD>"


def test_paragraphs_become_lines_joined_by_line_breaks() -> None:
    assert read_norm("<P>(1) Eins.</P>\n <P>(2) Zwei.</P>").text == "(1) Eins.\n(2) Zwei."


def test_list_items_are_lines_of_their_depth_with_their_markers() -> None:
    nested = f"<DL>{item('a)', 'eins oder')}{item('b)', 'zwei')}</DL>"
    assert lines(f"<P>Wer<DL>{item('1.', 'allein ist,')}{item('2a.', 'als' + nested)}</DL></P>") == [
        ("paragraph", 0, "", "Wer"),
        ("item", 1, "1.", "1. allein ist,"),
        ("item", 1, "2a.", "2a. als"),
        ("item", 2, "a)", "a) eins oder"),
        ("item", 2, "b)", "b) zwei"),
    ]


def test_text_after_a_list_is_a_tail_of_what_holds_the_list() -> None:
    nested = f"<DL>{item('a)', 'eins')}</DL>fortsetzt und"
    assert lines(f"<P>Wer<DL>{item('1.', 'dies' + nested)}</DL>ist frei.</P>") == [
        ("paragraph", 0, "", "Wer"),
        ("item", 1, "1.", "1. dies"),
        ("item", 2, "a)", "a) eins"),
        ("tail", 1, "", "fortsetzt und"),
        ("tail", 0, "", "ist frei."),
    ]


def test_further_paragraphs_of_an_item_are_tails_of_its_depth() -> None:
    assert lines("<P><DL><DT>1.</DT><DD><LA>Begriff</LA><LA>Erklärung</LA></DD></DL></P>") == [
        ("item", 1, "1.", "1. Begriff"),
        ("tail", 1, "", "Erklärung"),
    ]


def test_item_without_words_of_its_own_keeps_its_marker() -> None:
    nested = f"<DL>{item('a)', 'eins')}</DL>"
    assert lines(f"<P><DL>{item('1.', nested)}</DL></P>") == [
        ("item", 1, "1.", "1."),
        ("item", 2, "a)", "a) eins"),
    ]


def test_paragraph_after_a_paragraph_with_a_list_is_no_tail() -> None:
    assert lines(f"<P>Wer<DL>{item('1.', 'ist')}</DL></P><P>Neues.</P>")[-1] == ("paragraph", 0, "", "Neues.")


def test_inline_markup_is_dropped_and_its_text_kept() -> None:
    text = "<P>Ein <B>fettes <I>und</I></B> <SP>gesperrtes</SP> H<SUB>2</SUB>O<small> klein</small><NB> eng</NB></P>"
    assert read_norm(text).text == "Ein fettes und gesperrtes H2O klein eng"


def test_raised_digits_stay_raised_and_other_raised_text_stays_on_the_line() -> None:
    assert read_norm("<P>10<SUP>–3</SUP> m<SUP>2</SUP>, § 3<SUP>bis</SUP></P>").text == "10⁻³ m², § 3bis"


def test_numbers_of_sentences_are_no_text() -> None:
    numbered = '<P>(1) <SUP class="Rec">1</SUP>Eins. <SUP class="Rec">2</SUP>Zwei.</P>'
    assert read_norm(numbered).text == "(1) Eins. Zwei."


def test_forced_line_break_is_a_space() -> None:
    assert lines("<P>Der Bundespräsident<BR/>Der Bundeskanzler</P>") == [
        ("paragraph", 0, "", "Der Bundespräsident Der Bundeskanzler")
    ]


def test_forced_line_break_before_an_absatz_begins_a_paragraph() -> None:
    assert lines("<P>(1) Eins.<BR/>(2) Zwei.</P>") == [
        ("paragraph", 0, "", "(1) Eins."),
        ("paragraph", 0, "", "(2) Zwei."),
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("§\u00a05\u2009Abs.\u202f2", "§ 5 Abs. 2"),
        ("E\u2011Mail", "E-Mail"),
        ("5 \u2212 3", "5 – 3"),
        ("Silben\u00adtren\u200bnung", "Silbentrennung"),
        ("ja <F>\u20de</F> nein", "ja ☐ nein"),
        ("<F>\uf0a3</F> Ja", "□ Ja"),
        ("Cafe\u0301", "Café"),
        ("  viele \n\t Zeichen  ", "viele Zeichen"),
    ],
)
def test_characters_of_typesetting_become_plain(written: str, kept: str) -> None:
    assert read_norm(f"<P>{written}</P>").text == kept


def test_table_rows_are_lines_with_cells_in_their_columns() -> None:
    table = """<table><Title>Übersicht</Title><tgroup cols="3">
      <colspec colname="c1"/><colspec colname="c2"/><colspec colname="c3"/>
      <thead><row><entry>A</entry><entry>B</entry><entry>C</entry></row></thead>
      <tbody><row><entry morerows="1" colname="c1">hoch</entry><entry namest="c2" nameend="c3">breit</entry></row>
      <row><entry>zwei</entry><entry>drei</entry></row><row><entry/><entry> </entry><entry/></row></tbody>
      </tgroup></table>"""
    assert lines(table) == [
        ("heading", 0, "", "Übersicht"),
        ("row", 0, "", "A\tB\tC"),
        ("row", 0, "", "hoch\tbreit"),
        ("row", 0, "", "\tzwei\tdrei"),
    ]


def test_list_in_a_table_cell_stays_in_the_cell() -> None:
    cell = f"<DL>{item('1.', 'eins')}{item('2.', 'zwei')}</DL>"
    row = f"<row><entry>x</entry><entry>Wer{cell}</entry></row>"
    assert lines(f"<P>Es gilt:<table><tgroup><tbody>{row}</tbody></tgroup></table></P>") == [
        ("paragraph", 0, "", "Es gilt:"),
        ("row", 0, "", "x\tWer 1. eins 2. zwei"),
    ]


def test_preformatted_lines_keep_their_inner_spaces() -> None:
    assert lines('<P><pre xml:space="preserve"><BR/>  Name:     Ort:<BR/><BR/>  A         B<BR/></pre></P>') == [
        ("preformatted", 0, "", "  Name:     Ort:"),
        ("preformatted", 0, "", "  A         B"),
    ]


def test_picture_is_a_line_that_says_what_it_shows() -> None:
    pictures = '<P><IMG Pos="block" SRC="x.jpg" alt="Der Adler"/></P><P><FILE SRC="x.pdf" title="PDF"/></P>'
    assert lines(pictures) == [("picture", 0, "", "[Bild: Der Adler]"), ("picture", 0, "", "[Datei]")]


def test_picture_inside_a_sentence_stays_in_it() -> None:
    assert lines('<P>Es gilt <IMG Pos="inline" SRC="x.jpg" alt=""/> immer.</P>') == [
        ("paragraph", 0, "", "Es gilt [Bild] immer.")
    ]


def test_official_footnotes_follow_the_text_and_calls_of_them_are_dropped() -> None:
    footnotes = (
        '<Footnotes><Footnote ID="f1" FnZ="1" Postfix=")"><noindex>Amtliche Fußnote.</noindex></Footnote></Footnotes>'
    )
    norm = read_norm('<P>Eins<FnR ID="f1"/>.</P><FnArea><FnR ID="f1"/></FnArea>' + footnotes)
    assert norm.text == "Eins.\n1) Amtliche Fußnote."
    assert norm.blocks[-1].kind is BlockKind.FOOTNOTE
    assert norm.blocks[-1].marker == "1)"


def test_editors_notes_and_remarks_are_no_text() -> None:
    remark = '<P><noindex><kommentar typ="Fundstelle">(BGBl. I 2020, 1)</kommentar></noindex>Eins.</P>'
    notes = "<fussnoten><Content><P>(+++ § 1: <BR/>  mWv 1.1.2024 +++)</P></Content></fussnoten>"
    norm = read_norm(remark, more=notes)
    assert norm.text == "Eins."
    assert norm.notes == "(+++ § 1:\nmWv 1.1.2024 +++)\n(BGBl. I 2020, 1)"


def test_headings_inside_a_text_are_lines_of_their_own() -> None:
    assert lines('<Title Class="S1">Teil <BR/>A</Title><P>Eins.</P>') == [
        ("heading", 0, "", "Teil A"),
        ("paragraph", 0, "", "Eins."),
    ]


def test_table_of_contents_joins_name_and_title() -> None:
    toc = '<TOC><Ident Class="S1">§ 1</Ident><Title Class="S1">Anwendung</Title><P>Mehr</P></TOC>'
    assert read_norm(toc, enbez="Inhaltsübersicht").text == "§ 1 Anwendung\nMehr"


def test_comments_and_processing_instructions_leave_no_trace() -> None:
    assert read_norm("<P>Ei<!-- SPLIT [Text] -->ns<?x y?>.</P>").text == "Eins."
