from collections.abc import Callable
from pathlib import Path

import pytest

from index.documents import Document, find_document, read_documents
from index.extraction import BlockKind
from index.sections import section_at, split_sections

WritePolicy = Callable[..., Path]
CHAPTER_3 = "3 Voorwaarden zorgovereenkomst"
BASE = "3.1 Voorwaarden basis zorgovereenkomst"
DIGITAL = "Vrijgevestigden en instellingen met digitaal aanbod"


def test_a_section_is_the_text_under_one_heading_with_the_path_above_it(write_policy: WritePolicy) -> None:
    text = "Vooraf.\n4. Procedure\nGeen aanbod\nInstellingen:\nEen zin.\n\nNog een.\n5. Planning\nSlot.\n"
    folder = write_policy(text, order=["1-9"], headings={1: ["2", "8"], 2: ["3"], 3: ["4"]})
    sections = split_sections(read_documents(folder)[0])
    assert [(section.heading_path, [span.block.text for span in section.spans]) for section in sections] == [
        ((), ["Vooraf."]),
        (("4 Procedure", "Geen aanbod", "Instellingen"), ["Een zin.", "Nog een."]),
        (("5 Planning",), ["Slot."]),
    ]
    assert [section.heading.block.text if section.heading else None for section in sections] == [
        None,
        "Instellingen:",
        "5. Planning",
    ]


@pytest.mark.parametrize(
    ("policy", "words", "path"),
    [
        pytest.param(
            "2026-ggz",
            "Deadline vragenlijst via VECOZO",
            ("5 Planning en bereikbaarheid", DIGITAL),
            id="the planning of those who get a questionnaire",
        ),
        pytest.param(
            "2026-ggz",
            "4 weken na aanbieding",
            ("5 Planning en bereikbaarheid", "Geïntegreerde instellingen en instellingen met onderhandeling"),
            id="the planning of those who negotiate",
        ),
        pytest.param(
            "2026-ggz",
            "Geïntegreerde aanbieders hoeven geen machtiging",
            (CHAPTER_3, BASE, "Machtiging verblijfsdag"),
            id="the exemption",
        ),
        pytest.param(
            "2026-ggz",
            "Vrijgevestigde aanbieders kunnen in aanmerking komen voor een opslag",
            (
                CHAPTER_3,
                "3.2 Voorwaarden gedifferentieerde zorginkoop vrijgevestigden (niet zijnde psychiaters)",
            ),
            id="a title of two lines",
        ),
        pytest.param(
            "2026-ggz",
            "aan bij de\nbovenregionale",
            (CHAPTER_3, BASE, "Voor geïntegreerde aanbieders gelden de volgende aanvullende voorwaarden"),
            id="a box that goes on behind the page",
        ),
        pytest.param(
            "2026-ggz",
            "Wij sluiten gedurende het inkoopjaar geen nieuwe zorgovereenkomsten met GGZ-instellingen",
            ("4 Inkoopprocedure", "Geen aanbod ontvangen", "Instellingen"),
            id="a heading under a heading",
        ),
        pytest.param("2025-mondzorg", "Sinds 2018 werkt", ("1 Caresq",), id="a title that was moved"),
        pytest.param(
            "2025-mondzorg",
            "> 95% van de machtigingen",
            (CHAPTER_3, "Centra voor Bijzondere Tandheelkunde (CBT) – voorwaarden"),
            id="the conditions of a centre",
        ),
    ],
)
def test_a_sentence_of_the_policy_stands_under_its_headings(
    policy: str, words: str, path: tuple[str, ...], documents: list[Document]
) -> None:
    document = find_document(documents, policy)
    section = section_at(split_sections(document), document.text.index(words.replace("\n", " ")))
    assert section.heading_path == path


def test_a_heading_belongs_to_the_section_under_it(documents: list[Document]) -> None:
    document = find_document(documents, "2026-ggz")
    section = section_at(split_sections(document), document.text.index("\n5. Planning") + 1)
    assert section.heading_path == ("5 Planning en bereikbaarheid",)


def test_the_end_of_the_text_belongs_to_the_last_section(documents: list[Document]) -> None:
    document = find_document(documents, "2026-ggz")
    assert section_at(split_sections(document), len(document.text)).heading_path == ("Disclaimer",)


def test_every_block_that_is_no_heading_stands_in_one_section(documents: list[Document]) -> None:
    for document in documents:
        spans = [span for section in split_sections(document) for span in section.spans]
        assert spans == [span for span in document.spans if span.block.kind is not BlockKind.HEADING]
