from dataclasses import replace

import pytest

from assistant.answer import Citation
from assistant.verify import departures, is_literal, unproven
from index.documents import Document, find_document

QUOTE = "Deadline vragenlijst via VECOZO 24 oktober 2025"
MAIL = "Vragen over toestemming mg@aevitae.com"


def cite(documents: list[Document], words: str, marker: int = 1) -> Citation:
    document = find_document(documents, "2026-ggz")
    start = document.text.index(words)
    end = start + len(words)
    return Citation(marker, document.id, document.title, (), document.page_at(start), words, start, end)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("De deadline is 24 oktober 2025. [1]", id="the figures of the quote"),
        pytest.param("The deadline is 24 October 2025. [1]", id="in English"),
        pytest.param("Dat weten wij. [1] [1]", id="no figures"),
        pytest.param("Mail mg@aevitae.com. [2]", id="the address of the quote"),
        pytest.param("U hebt 34 dagen. [1]", id="a figure that was computed"),
        pytest.param("Er staat niets over.", id="no markers"),
    ],
)
def test_what_the_quotes_say_is_proven(text: str, documents: list[Document]) -> None:
    citations = [cite(documents, QUOTE), cite(documents, MAIL, 2)]
    assert unproven(text, citations, documents, ["34 dagen"]) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("De deadline is 24 oktober 2025. [2]", ["marker [2] heeft geen bron"], id="an unknown marker"),
        pytest.param("De deadline is 25 oktober 2025. [1]", ["getal 25 staat in geen bron"], id="another day"),
        pytest.param("De deadline is 24 oktober 2026. [1]", ["getal 2026 staat in geen bron"], id="another year"),
        pytest.param("Dat kost € 1.500. [1]", ["getal 1.500 staat in geen bron"], id="an amount"),
        pytest.param("That costs € 1,500. [1]", ["getal 1.500 staat in geen bron"], id="an English amount"),
        pytest.param(
            "Mail info@caresq.nl. [1]", ["adres info@caresq.nl staat in geen bron"], id="an address of nobody"
        ),
        pytest.param("Kijk op www.caresq.com. [1]", ["adres www.caresq.com staat in geen bron"], id="another website"),
        pytest.param(
            "Bel 112 [3] of 113 [4].",
            [
                "marker [3] heeft geen bron",
                "marker [4] heeft geen bron",
                "getal 112 staat in geen bron",
                "getal 113 staat in geen bron",
            ],
            id="everything",
        ),
    ],
)
def test_what_no_quote_says_is_named(text: str, problems: list[str], documents: list[Document]) -> None:
    assert unproven(text, [cite(documents, QUOTE)], documents, []) == problems


def test_a_part_of_a_figure_does_not_prove_another(documents: list[Document]) -> None:
    assert unproven("In 25 dagen. [1]", [cite(documents, QUOTE)], documents, ["2025", "125", "2.5"]) == [
        "getal 25 staat in geen bron"
    ]


def test_a_quote_stands_at_its_place(documents: list[Document]) -> None:
    assert is_literal(cite(documents, QUOTE), documents)


def test_white_space_in_a_quote_is_evened_out(documents: list[Document]) -> None:
    assert is_literal(replace(cite(documents, QUOTE), quote=QUOTE.replace(" ", "\n ")), documents)


def test_a_quote_that_was_changed_is_not_literal(documents: list[Document]) -> None:
    changed = replace(cite(documents, QUOTE), quote=QUOTE.replace("24", "25"))
    assert not is_literal(changed, documents)
    assert unproven("Zie [1].", [changed], documents, []) == ["citaat [1] staat niet letterlijk in het beleid"]


def test_a_quote_at_another_place_is_not_literal(documents: list[Document]) -> None:
    citation = cite(documents, QUOTE)
    assert not is_literal(replace(citation, start=citation.start + 1, end=citation.end + 1), documents)


def test_a_quote_of_the_other_policy_is_not_literal(documents: list[Document]) -> None:
    assert not is_literal(replace(cite(documents, QUOTE), policy="2025-mondzorg"), documents)


def test_a_short_quote_proves_nothing(documents: list[Document]) -> None:
    assert not is_literal(cite(documents, "7 november"), documents)
    assert is_literal(cite(documents, "7 november 2"), documents)


def test_a_quote_over_a_seam_is_not_literal(documents: list[Document]) -> None:
    text = find_document(documents, "2026-ggz").text
    start = text.index("Instellingen leveren tweemaandelijks")
    end = text.index("(vervolg)", start) + len("(vervolg)")
    assert not is_literal(cite(documents, text[start:end]), documents)


@pytest.mark.parametrize(
    ("words", "proven", "expected"),
    [
        pytest.param("Ja, dat mag. [1]", "Ja. U mag dat. [1]", [], id="the same side"),
        pytest.param("Nee, dat mag niet.", "Ja. U mag dat.", ["de tekst begint niet met dezelfde kant"], id="turned"),
        pytest.param("U mag dat.", "Ja. U mag dat.", ["de tekst begint niet met dezelfde kant"], id="left out"),
        pytest.param("Ja. U mag dat.", "U mag dat.", ["de tekst begint niet met dezelfde kant"], id="made up"),
        pytest.param("Tot 7 november.", "U tekent op 7 november.", [], id="the same month"),
        pytest.param(
            "Tot 7 maart.", "U tekent op 7 november.", ["maart staat niet in het antwoord"], id="another month"
        ),
        pytest.param(
            "Until 7 March.", "By 7 May.", ["March staat niet in het antwoord"], id="another month in English"
        ),
    ],
)
def test_words_that_depart_from_the_proven_text_are_named(words: str, proven: str, expected: list[str]) -> None:
    assert departures(words, proven) == expected
