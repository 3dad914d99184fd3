from assistant.answer import Answer, Citation, Status
from assistant.web.markup import answer_html, plain_html

CITATION = Citation(1, "2026-ggz", "Beleid", ("5",), 14, "een zin van het beleid", 10, 32)


def html(text: str) -> str:
    answer = Answer("vraag", "nl", "2025-09-20", Status.ANSWERED, text, citations=(CITATION,))
    return str(answer_html(answer, lambda citation: f"Bron {citation.marker}", lambda means: means or "niet uitgelegd"))


def test_a_marker_becomes_a_link_to_its_place() -> None:
    link = '<a class="marker" href="/bron/2026-ggz/10-32" data-source aria-label="Bron 1">1</a>'
    assert html("Tot 24 oktober. [1]") == f"<p>Tot 24 oktober. {link}</p>\n"


def test_a_marker_without_a_citation_stays_text() -> None:
    assert html("Zie [7].") == "<p>Zie [7].</p>\n"


def test_emphasis_and_lists_are_known() -> None:
    assert html("**Ja**:\n\n- een\n- twee") == (
        "<p><strong>Ja</strong>:</p>\n<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"
    )


def test_images_links_headings_and_html_are_shown_as_text() -> None:
    given = html("![x](http://a.invalid/b.png) [y](http://a.invalid) <img src=x onerror=alert(1)> `c`\n\n# kop")
    assert "<img" not in given
    assert "<a " not in given
    assert "<h1" not in given
    assert "![x](http://a.invalid/b.png)" in given
    assert "&lt;img src=x onerror=alert(1)&gt;" in given


def test_an_address_becomes_a_link() -> None:
    assert '<a href="mailto:zorginkoop@caresq.nl">zorginkoop@caresq.nl</a>' in html("Mail zorginkoop@caresq.nl.")


def test_an_abbreviation_is_explained_where_it_first_stands() -> None:
    given = html("De IGJ en de LVVP, en weer de IGJ.")
    assert given.count("<abbr") == 2
    assert '<abbr title="Inspectie voor de Gezondheidszorg en Jeugd">IGJ</abbr>' in given
    assert '<abbr title="niet uitgelegd">LVVP</abbr>' in given


def test_plain_text_keeps_its_characters_and_line_ends() -> None:
    assert plain_html("a <b>\n& {{c}}") == "a &lt;b&gt;<br>&amp; {{c}}"
