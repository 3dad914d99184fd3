from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.chunks import MAX_CHARACTERS, Chunk, split_chunks
from index.documents import Document, find_document, read_documents
from index.extraction import BlockKind
from index.sections import split_sections

WritePolicy = Callable[..., Path]
LONG = "Dit is een zin van precies zestig tekens, zonder iets nieuws."


def chunks_of(folder: Path) -> list[Chunk]:
    return split_chunks(read_documents(folder)[0])


def test_a_short_section_is_one_chunk_with_all_that_describes_it(small_documents: list[Document]) -> None:
    chunks = split_chunks(small_documents[0])
    assert [replace(chunk, id="") for chunk in chunks] == [
        Chunk("", "2030-ggz", "ggz", 2030, ("1 Contract",), 1, 13, 74,
              "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht.", ""),
        Chunk("", "2030-ggz", "ggz", 2030, ("2 Planning",), 2, 89, 131,
              "De vragenlijst staat half september klaar.", ""),
    ]  # fmt: skip


def test_a_chunk_is_searched_with_its_headings_and_its_lead_in() -> None:
    chunk = Chunk("x", "2030-ggz", "ggz", 2030, ("3 Eisen", "Basis"), 1, 0, 9, "• Een eis", "Wij vragen:")
    assert chunk.search_text == "3 Eisen › Basis\nWij vragen:\n• Een eis"
    assert replace(chunk, heading_path=(), lead_in="").search_text == "• Een eis"


def test_a_list_stays_with_the_sentence_that_introduces_it(write_policy: WritePolicy) -> None:
    folder = write_policy("Een alinea.\n\nWij vragen:\n• een certificaat;\n• een keurmerk.\n", order=["1-5"])
    assert [chunk.text for chunk in chunks_of(folder)] == [
        "Een alinea.\n\nWij vragen:\n\n• een certificaat;\n• een keurmerk."
    ]


def test_a_long_list_is_cut_between_items_and_keeps_its_lead_in(write_policy: WritePolicy) -> None:
    items = "\n".join(f"• {LONG}" for _ in range(20))
    first, second = chunks_of(write_policy(f"Wij vragen:\n{items}\n", order=["1-21"]))
    assert (first.text.count("•"), first.lead_in) == (11, "")
    assert first.text.startswith("Wij vragen:\n\n• Dit is")
    assert (second.text.count("•"), second.lead_in) == (9, "Wij vragen:")
    assert second.search_text.startswith("Wij vragen:\n• Dit is")


def test_a_long_paragraph_is_cut_between_sentences(write_policy: WritePolicy) -> None:
    first, second = chunks_of(write_policy(" ".join([LONG] * 20) + "\n", order=["1"]))
    assert (first.text, second.text) == (" ".join([LONG] * 12), " ".join([LONG] * 8))
    assert (first.lead_in, second.lead_in) == ("", "")


def test_a_row_of_a_table_is_a_chunk_of_its_own(write_policy: WritePolicy) -> None:
    text = "Onderwerp Datum\n\nDeadline 24 oktober\n\nTekenen 7 november\n\n"
    folder = write_policy(text, order=["1-6"], tables=[{"lines": "1-6", "cells": ["24 oktober", "7 november"]}])
    assert [chunk.text for chunk in chunks_of(folder)] == ["Deadline 24 oktober", "Tekenen 7 november"]


def test_the_id_of_a_chunk_follows_from_its_policy_place_and_text(small_documents: list[Document]) -> None:
    first, second = split_chunks(small_documents[0])
    assert [chunk.id for chunk in split_chunks(small_documents[0])] == [first.id, second.id]
    elsewhere = split_chunks(replace(small_documents[0], id="2031-ggz"))
    assert first.id != elsewhere[0].id


@pytest.mark.parametrize(
    ("policy", "words", "lead_in"),
    [
        pytest.param(
            "2025-mondzorg",
            "• In geval zij verplicht is een jaarverslag",
            "We verwachten dat de zorgaanbieder:",
            id="a list of mondzorg",
        ),
        pytest.param(
            "2026-ggz",
            "• De instelling participeert aan de (regionale) transfertafels",
            "Voor geïntegreerde aanbieders gelden de volgende aanvullende voorwaarden:",
            id="a heading that introduces a list",
        ),
    ],
)
def test_the_later_part_of_a_list_of_a_policy_keeps_its_lead_in(
    policy: str, words: str, lead_in: str, documents: list[Document]
) -> None:
    chunk = next(chunk for chunk in split_chunks(find_document(documents, policy)) if words in chunk.text)
    assert chunk.lead_in == lead_in


@pytest.mark.parametrize("policy", ["2025-mondzorg", "2026-ggz"])
def test_chunks_are_literal_short_whole_and_different(policy: str, documents: list[Document]) -> None:
    document = find_document(documents, policy)
    chunks = split_chunks(document)
    assert all(chunk.text == document.text[chunk.start : chunk.end] for chunk in chunks)
    assert all(document.is_contiguous(chunk.start, chunk.end) for chunk in chunks)
    assert max(len(chunk.text) for chunk in chunks) <= MAX_CHARACTERS
    assert len({chunk.id for chunk in chunks}) == len(chunks)


@pytest.mark.parametrize("policy", ["2025-mondzorg", "2026-ggz"])
def test_chunks_hold_every_word_once_and_never_cross_a_section(policy: str, documents: list[Document]) -> None:
    document = find_document(documents, policy)
    chunks = split_chunks(document)
    for section in split_sections(document):
        inside = [
            chunk for chunk in chunks if chunk.start < section.spans[-1].end and section.spans[0].start < chunk.end
        ]
        assert {chunk.heading_path for chunk in inside} == {section.heading_path}
    covered = [at for chunk in chunks for at in range(chunk.start, chunk.end)]
    assert len(covered) == len(set(covered))
    body = [span for span in document.spans if span.block.kind is not BlockKind.HEADING]
    left = {at for span in body for at in range(span.start, span.end)} - set(covered)
    assert not "".join(document.text[at] for at in left).strip()
