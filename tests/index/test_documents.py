import re
from collections.abc import Callable
from pathlib import Path

import pytest

from index.documents import Document, find_document, read_documents
from index.errors import DocumentError

WritePolicy = Callable[..., Path]


def test_the_policies_that_ship_are_read_with_all_that_describes_them(documents: list[Document]) -> None:
    assert [
        (document.id, document.title, document.publisher, document.sector, document.contract_year)
        for document in documents
    ] == [
        ("2025-mondzorg", "Zorginkoopbeleid 2025 Mondzorg", "Caresq", "mondzorg", 2025),
        ("2026-ggz", "Zorginkoopbeleid 2026 GGZ", "Caresq", "ggz", 2026),
    ]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        pytest.param("2025-mondzorg", "Daarnaast zijn de polisvoorwaarden van toepassing", id="a broken word joins"),
        pytest.param("2026-ggz", "kwaliteitsstandaarden, behandelrichtlijnen en", id="another broken word joins"),
        pytest.param("2026-ggz", "‘verblijfsdag complexe somatisch-psychiatrische comorbiditeit’", id="a hyphen stays"),
        pytest.param("2026-ggz", "(zonder tweejarige zorgovereenkomst 2025-2026)", id="a hyphen between years stays"),
        pytest.param("2025-mondzorg", "uw initiatief via zorginkoop@caresq.nl. Wanneer wij", id="an address is whole"),
        pytest.param("2026-ggz", "het aanvraagformulier op www.caresq.nl. Wij sluiten", id="a website is whole"),
        pytest.param(
            "2026-ggz",
            "VOOR ZORGVERZEKERAAR:\n\nZorgverzekeraar in Nederland sinds 2019 UZOVI 3360",
            id="the number of the insurer stands under the insurer",
        ),
        pytest.param(
            "2025-mondzorg",
            "ZORGINKOOP:\n\nSluit contracten met zorgverleners zorginkoop@caresq.nl 088 35 35 732 www.caresq.nl",
            id="the telephone number of Caresq stands under Caresq",
        ),
        pytest.param(
            "2026-ggz",
            "• Instellingen leveren tweemaandelijks de landelijke uniforme productiemonitor aan;\n\n"
            "Wij hanteren de volgende aanvullende voorwaarden: (vervolg)\n\n"
            "• De zorgaanbieder spant zich in",
            id="the base conditions go on behind the page",
        ),
        pytest.param(
            "2026-ggz",
            "Machtiging verblijfsdag\n\nVoor verblijf in verband met verslaving",
            id="the authorisation stands under its heading",
        ),
        pytest.param(
            "2026-ggz",
            "Machtiging verblijfsdag\n\nGeïntegreerde aanbieders hoeven geen machtiging",
            id="the exemption stands under its own heading",
        ),
        pytest.param(
            "2026-ggz",
            "Deadline vragenlijst via VECOZO 24 oktober 2025\n"
            "Aanbieding zorgovereenkomst via VECOZO Na bevestiging van de vragenlijst (indien voldaan wordt aan de"
            " kwaliteitseisen)\nUiterste tekendatum zorgovereenkomst 7 november 2025",
            id="a cell of two lines is whole",
        ),
        pytest.param("2026-ggz", "\n\n4. Inkoopprocedure\n\nHet proces", id="the chapter follows on 3.3"),
    ],
)
def test_the_text_stands_in_reading_order(policy: str, words: str, documents: list[Document]) -> None:
    assert words in find_document(documents, policy).text


@pytest.mark.parametrize("residue", ["mailto:", "http:", "\t", "  ", "@\n", "www.\n", "\n\n\n"])
def test_nothing_of_the_extraction_remains(residue: str, documents: list[Document]) -> None:
    assert not any(residue in document.text for document in documents)


@pytest.mark.parametrize(
    ("policy", "words", "page"),
    [
        pytest.param("2025-mondzorg", "Wijzigingen contractvoorwaarden", 1, id="the first line"),
        pytest.param("2025-mondzorg", "Sinds 2018 werkt Caresq", 2, id="a page behind the changes"),
        pytest.param("2025-mondzorg", "1. Caresq", 2, id="a title that was moved keeps its page"),
        pytest.param("2025-mondzorg", "Aanvragen zorgovereenkomst 2025 CBT", 12, id="the planning of mondzorg"),
        pytest.param("2026-ggz", "Deadline vragenlijst via VECOZO", 14, id="the planning of 2026"),
        pytest.param("2026-ggz", "Versturen email", 15, id="the planning on the last page"),
        pytest.param("2026-ggz", "Geïntegreerde aanbieders hoeven geen machtiging", 11, id="a box that was moved"),
        pytest.param("2026-ggz", "de thans bekende wettelijke", 15, id="the disclaimer"),
    ],
)
def test_words_stand_on_their_page(policy: str, words: str, page: int, documents: list[Document]) -> None:
    document = find_document(documents, policy)
    assert document.page_at(document.text.index(words)) == page


def test_a_page_may_begin_within_a_paragraph(documents: list[Document]) -> None:
    document = find_document(documents, "2026-ggz")
    paragraph = document.text.index("Caresq zal de procesafspraken volgen")
    assert document.page_at(paragraph) == 4
    assert document.page_at(document.text.index("in samenspraak met de IZA partners")) == 5


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param("Deadline vragenlijst", "24 oktober 2025", True, id="within a row"),
        pytest.param("Instellingen leveren", "(vervolg)", False, id="over a page that was moved"),
        pytest.param("ZORGINKOOP:", "Sluit contracten", False, id="within the company diagram"),
        pytest.param("(vervolg)\n\n• De zorgaanbieder spant", "te behalen;", True, id="behind the seam"),
    ],
)
def test_a_place_knows_whether_it_stands_in_one_piece(
    first: str, last: str, expected: bool, documents: list[Document]
) -> None:
    document = find_document(documents, "2026-ggz")
    start = document.text.index(first)
    assert document.is_contiguous(start, document.text.index(last, start) + len(last)) is expected


def test_every_block_stands_at_its_place(documents: list[Document]) -> None:
    for document in documents:
        assert all(document.text[span.start : span.end] == span.block.text for span in document.spans)
        assert not re.search(r"\S", "".join(re.split("|".join(re.escape(s.block.text) for s in document.spans), "")))


def test_paragraphs_stand_apart_and_items_under_each_other(write_policy: WritePolicy) -> None:
    folder = write_policy("Titel\nWij vragen:\n• een;\n• twee.\nTot slot.\n", headings={1: ["1"]}, order=["1-6"])
    assert read_documents(folder)[0].text == "Titel\n\nWij vragen:\n\n• een;\n• twee. Tot slot."


def test_a_changed_file_is_refused(write_policy: WritePolicy) -> None:
    folder = write_policy("Voor 1 september.\n", order=["1-2"])
    (folder / "policy.txt").write_text("Voor 1 oktober.\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"is niet het bestand dat manifest\.yaml beschrijft"):
        read_documents(folder)


def test_a_missing_file_is_named(write_policy: WritePolicy) -> None:
    folder = write_policy("Tekst.\n")
    (folder / "policy.txt").unlink()
    with pytest.raises(DocumentError) as caught:
        read_documents(folder)
    assert str(caught.value) == f"Het beleid {folder / 'policy.txt'} is niet te lezen: No such file or directory."


def test_a_file_that_is_not_utf_8_is_named_with_the_place(write_policy: WritePolicy) -> None:
    folder = write_policy("Geïntegreerd".encode("latin-1"))
    with pytest.raises(DocumentError) as caught:
        read_documents(folder)
    assert str(caught.value) == f"Het beleid {folder / 'policy.txt'} is geen UTF-8 (byte 2)."


def test_a_policy_that_the_manifest_does_not_name_is_refused(write_policy: WritePolicy) -> None:
    folder = write_policy("Tekst.\n")
    (folder / "nieuw.txt").write_text("Nog een beleid.", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"nieuw\.txt staat niet in manifest\.yaml"):
        read_documents(folder)


def test_a_policy_that_is_there_twice_is_refused(write_policy: WritePolicy) -> None:
    folders = [write_policy("Tekst.\n", folder=name, order=["1-2"]) for name in ("een", "twee")]
    with pytest.raises(DocumentError) as caught:
        read_documents(*folders)
    assert str(caught.value) == "Het beleid 2030-ggz is twee keer aanwezig; verwijder er een."


def test_a_policy_is_found_by_its_id(documents: list[Document]) -> None:
    assert find_document(documents, "2026-ggz") is documents[1]
    with pytest.raises(DocumentError) as caught:
        find_document(documents, "2027-ggz")
    assert str(caught.value) == "Er is geen beleid '2027-ggz'."
