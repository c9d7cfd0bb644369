"""Text to HTML: safe whatever is typed, with callouts, tables, headings, figures and links on citations."""

import time

import pytest

from nahtstelle.rooms.outputs.text import Heading, draw


def lines(html: str) -> str:
    return "".join(line.strip() for line in html.splitlines())


def find_all(text: str) -> list[tuple[int, int, str]]:
    """Every "§ 5 X" leads to /x/5."""
    words, found, at = "§ 5 X", [], -1
    while (at := text.find(words, at + 1)) >= 0:
        found.append((at, at + len(words), "/x/5"))
    return found


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klick](javascript:alert(1))",
        "[klick](JaVaScRiPt:alert(1))",
        "[klick](data:text/html;base64,PHNjcmlwdD4=)",
        "[klick](vbscript:x)",
        "![x](javascript:alert(1))",
        '[x](https://a.example "><script>alert(1)</script>")',
        "<a href='javascript:alert(1)'>x</a>",
        ":::hinweis <script>alert(1)</script>\nText\n:::",
        ':::hinweis " onmouseover="alert(1)\nText\n:::',
        "## <svg onload=alert(1)>",
        "| <iframe src=//x> | b |\n|---|---|\n| <style>*{}</style> | <form> |",
        "`<script>`",
        "```html\n<script>alert(1)</script>\n```",
        "<javascript:alert(1)>",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
    ],
)
def test_nothing_typed_becomes_a_script(body: str) -> None:
    html = draw(body, find=find_all, file_address=lambda name: f"/datei/{name}").html.lower()
    for element in ("<script", "<iframe", "<style", "<svg", "<form", "<img src=x"):
        assert element not in html
    for tag in html.split("<")[1:]:
        inside = tag.split(">")[0]
        assert "javascript:" not in inside and "data:text" not in inside and "vbscript:" not in inside
        assert not any(
            word.startswith("on") and "=" in word for word in inside.replace('"', " ").split() if "&" not in word
        )


@pytest.mark.parametrize(
    ("scheme", "leads"), [("https", True), ("mailto", True), ("tel", True), ("ftp", False), ("irc", False)]
)
def test_links_lead_where_a_reader_expects(scheme: str, leads: bool) -> None:
    assert (f'href="{scheme}:' in draw(f"[Wort]({scheme}:ziel)").html) is leads


def test_headings_begin_below_the_title_and_leave_no_level_out() -> None:
    drawn = draw("# Eins\n\n#### Zwei\n\n## Drei\n\n###### Vier")
    assert drawn.headings == (
        Heading(2, "Eins", "a-eins"), Heading(3, "Zwei", "a-zwei"), Heading(2, "Drei", "a-drei"), Heading(3, "Vier", "a-vier"),
    )  # fmt: skip
    assert drawn.html.count("<h2") == 2 and drawn.html.count("<h3") == 2


def test_headings_with_the_same_words_have_anchors_of_their_own() -> None:
    assert [h.anchor for h in draw("## Ziel\n\n## Ziel\n\n## ?!").headings] == ["a-ziel", "a-ziel-2", "a-abschnitt"]


def test_a_callout_names_its_kind_and_title() -> None:
    html = lines(draw(":::achtung Frist\nBis **Montag**.\n:::").html)
    assert html == (
        '<div class="n-callout n-callout--warning" role="note"><p class="n-callout__title">Frist</p>'
        '<div class="n-callout__body"><p>Bis <strong>Montag</strong>.</p></div></div>'
    )


def test_a_callout_without_a_title_has_the_name_of_its_kind() -> None:
    from django.utils.translation import override

    with override("en"):
        assert '<p class="n-callout__title">Example</p>' in draw(":::beispiel\nText\n:::").html


def test_an_unknown_callout_stays_text() -> None:
    assert draw(":::gefahr\nText\n:::").html == "<p>:::gefahr\nText\n:::</p>\n"


def test_a_table_can_be_scrolled_and_its_columns_are_named() -> None:
    html = draw("| a | b |\n|---|---|\n| 1 | 2 |").html
    assert '<div class="n-scroll" role="group"' in html and html.count('<th scope="col">') == 2


def test_a_figure_has_its_caption_and_the_files_own_words() -> None:
    html = draw(
        '![](ablauf.png "Der Ablauf")', file_address=lambda n: f"/datei/{n}", alternatives={"ablauf.png": "Drei Kästen"}
    ).html
    assert lines(html) == (
        '<figure><img src="/datei/ablauf.png" alt="Drei Kästen" loading="lazy"><figcaption>Der Ablauf</figcaption></figure>'
    )


def test_words_of_the_text_go_before_those_of_the_file() -> None:
    html = draw("![Kurz](a.png)", file_address=lambda n: f"/datei/{n}", alternatives={"a.png": "Lang"}).html
    assert 'alt="Kurz"' in html


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Nach § 5 X gilt.", '<p>Nach <a href="/x/5" class="law-citation" rel="noopener">§ 5 X</a> gilt.</p>'),
        ("*§ 5 X*", '<p><em><a href="/x/5" class="law-citation" rel="noopener">§ 5 X</a></em></p>'),
        ("**§ 5 X** und", '<p><strong><a href="/x/5" class="law-citation" rel="noopener">§ 5 X</a></strong> und</p>'),
        ("`§ 5 X`", "<p><code>§ 5 X</code></p>"),
        ("[§ 5 X](https://a.example)", '<p><a href="https://a.example" rel="noopener">§ 5 X</a></p>'),
        ("- § 5 X", '<ul><li><a href="/x/5" class="law-citation" rel="noopener">§ 5 X</a></li></ul>'),
    ],
)  # fmt: skip
def test_citations_become_links_where_words_stand(body: str, html: str) -> None:
    assert lines(draw(body, find=find_all).html) == html


def test_a_citation_in_a_heading_is_a_link_and_the_contents_have_plain_words() -> None:
    drawn = draw("## Zu § 5 X", find=find_all)
    assert drawn.headings == (Heading(2, "Zu § 5 X", "a-zu-5-x"),)
    assert 'class="law-citation"' in drawn.html


def test_a_megabyte_is_drawn_within_seconds() -> None:
    body = "Absatz mit § 5 X und *Betonung* und [Link](https://a.example).\n\n" * 16_000
    assert len(body) > 1_000_000
    begun = time.perf_counter()
    assert draw(body, find=find_all).html.count("law-citation") == 16_000
    assert time.perf_counter() - begun < 30


def test_a_star_between_letters_is_written_and_not_italic() -> None:
    drawn = draw("Für Berater*innen und *nur* für Multiplikator*innen, **nicht** für alle.").html
    assert drawn.strip() == (
        "<p>Für Berater*innen und <em>nur</em> für Multiplikator*innen, <strong>nicht</strong> für alle.</p>"
    )
