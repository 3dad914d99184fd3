from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import BUNDLED, Document
from index.errors import ManifestError
from index.extraction import Block, BlockKind, even_out, extract, page_of
from index.manifest import DocumentEntry, read_manifest


def entry(raw: str, **changes: Any) -> DocumentEntry:
    """Describe a policy that needs no repair."""
    values = {
        "id": "2030-ggz",
        "file": "policy.txt",
        "title": "Beleid",
        "publisher": "Caresq",
        "sector": "ggz",
        "contract_year": 2030,
        "version": "1",
        "source": "-",
        "sha256": "0" * 64,
        "page_starts": [1],
        "order": [f"1-{len(raw.split(chr(10)))}"],
        "headings": {},
        **changes,
    }
    return DocumentEntry.model_validate(values)


def blocks_of(raw: str, **changes: Any) -> list[Block]:
    return extract(raw, entry(raw, **changes))


def texts_of(raw: str, **changes: Any) -> list[str]:
    return [block.text for block in blocks_of(raw, **changes)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("Wij werken met\neen klein team.", ["Wij werken met een klein team."], id="lines of a paragraph"),
        pytest.param(" Sinds\t 2018 \t werkt  Caresq ", ["Sinds 2018 werkt Caresq"], id="tabs and runs of spaces"),
        pytest.param("Een zin.\n\nEen andere.", ["Een zin.", "Een andere."], id="a blank line behind a sentence"),
        pytest.param(
            "De regels van de\n\nberoepsgroep.", ["De regels van de beroepsgroep."], id="a blank line in a sentence"
        ),
        pytest.param(
            "Stuur naar zorginkoop@\ncaresq.nl.", ["Stuur naar zorginkoop@caresq.nl."], id="an e-mail address"
        ),
        pytest.param("Kijk op www.\ncaresq.nl.", ["Kijk op www.caresq.nl."], id="the address of a website"),
        pytest.param("de IZA-\ndoelstellingen", ["de IZA-doelstellingen"], id="a hyphen that belongs to the word"),
        pytest.param("op 1-1-\n2027", ["op 1-1-2027"], id="a hyphen in a day"),
        pytest.param("mailto:zorginkoop@caresq.nl\nEen zin.", ["Een zin."], id="residue of a mail link"),
        pytest.param("Een zin.\nhttp://www.caresq.nl\nhttps://zn.nl/x.pdf", ["Een zin."], id="residue of web links"),
        pytest.param(
            "Zie http://www.caresq.nl voor meer.", ["Zie http://www.caresq.nl voor meer."], id="a link in a sentence"
        ),
        pytest.param("", [], id="nothing"),
        pytest.param("\n \n\t\n", [], id="only white space"),
    ],
)
def test_the_text_is_evened_out(raw: str, expected: list[str]) -> None:
    assert texts_of(raw) == expected


def test_only_a_hyphen_that_the_manifest_names_joins_its_word() -> None:
    raw = "de polisvoor-\nwaarden en somatisch-\npsychiatrische zorg"
    assert texts_of(raw, hyphens=["polisvoorwaarden"]) == ["de polisvoorwaarden en somatisch-psychiatrische zorg"]
    assert texts_of(raw) == ["de polisvoor-waarden en somatisch-psychiatrische zorg"]


def test_list_items_are_blocks_of_their_own() -> None:
    raw = "Wij vragen:\n•\tEen certificaat\nvan de LVVP;\n• Een keurmerk:\no van KiBG;\n - of een bewijs."
    assert [(block.kind, block.text) for block in blocks_of(raw)] == [
        (BlockKind.PARAGRAPH, "Wij vragen:"),
        (BlockKind.ITEM, "• Een certificaat van de LVVP;"),
        (BlockKind.ITEM, "• Een keurmerk:"),
        (BlockKind.ITEM, "o van KiBG;"),
        (BlockKind.ITEM, "- of een bewijs."),
    ]


def test_a_heading_may_run_over_two_lines() -> None:
    raw = "3.2 Voorwaarden\nvrijgevestigden\nDe tekst eronder."
    blocks = blocks_of(raw, headings={2: ["1-2"]})
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        (BlockKind.HEADING, 2, "3.2 Voorwaarden vrijgevestigden"),
        (BlockKind.PARAGRAPH, 0, "De tekst eronder."),
    ]


def test_two_headings_in_a_row_stay_apart() -> None:
    assert texts_of("Geen aanbod\nInstellingen\nTekst.", headings={2: ["1"], 3: ["2"]}) == [
        "Geen aanbod",
        "Instellingen",
        "Tekst.",
    ]


def test_a_table_becomes_rows_that_know_where_their_last_cell_begins() -> None:
    raw = "Onderwerp Datum\n\nDeadline 24 oktober\n\nPublicatie op\nde website\n\nVanaf 12\nnovember"
    rows = blocks_of(raw, tables=[{"lines": "1-9", "cells": ["24 oktober", "Vanaf 12"]}])
    assert [(row.kind, row.text, row.text[row.cell :]) for row in rows] == [
        (BlockKind.ROW, "Deadline 24 oktober", "24 oktober"),
        (BlockKind.ROW, "Publicatie op de website Vanaf 12 november", "Vanaf 12 november"),
    ]


def test_a_footnote_stays_in_one_piece_over_a_blank_line() -> None:
    raw = "Een zin.\n1 Een rapport.\n\n| RIVM\n2 Een ander."
    assert texts_of(raw, footnotes=["2-4", "5"]) == ["Een zin.", "1 Een rapport. | RIVM", "2 Een ander."]


def test_lines_are_put_in_reading_order_and_a_seam_is_remembered() -> None:
    blocks = blocks_of("Tekst van het hoofdstuk.\n1. Titel", order=["2", "1"], headings={1: ["2"]})
    assert [(block.text, block.after_seam) for block in blocks] == [
        ("1. Titel", True),
        ("Tekst van het hoofdstuk.", True),
    ]


def test_lines_in_the_order_received_have_no_seam() -> None:
    assert [block.after_seam for block in blocks_of("Een.\n\nTwee.", order=["1", "2-3"])] == [False, False]


def test_a_part_of_a_line_is_moved_and_the_rest_follows_where_it_is_named() -> None:
    raw = "van links.\nvan rechts.\nLINKS: RECHTS:"
    assert texts_of(raw, order=["3 LINKS:", "1", "3", "2"]) == ["LINKS:", "van links.", "RECHTS:", "van rechts."]


def test_the_lines_of_a_block_are_known_by_their_place() -> None:
    assert [block.line_starts for block in blocks_of("Een zin\nover twee regels.\n\nNog een.")] == [
        ((0, 1), (8, 2)),
        ((0, 4),),
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"order": ["1-2"]}, "regel 3 staat niet in 'order'.", id="a line is forgotten"),
        pytest.param(
            {"order": ["1-3", "2"]}, "regel 2 in 'order' bestaat niet of staat er twee keer.", id="a line stands twice"
        ),
        pytest.param(
            {"order": ["1-4"]}, "regel 4 in 'order' bestaat niet of staat er twee keer.", id="a line does not exist"
        ),
        pytest.param(
            {"order": ["1-2", "3 Vier", "3"]}, "'Vier' staat niet in regel 3 ('order').", id="a part is not in its line"
        ),
    ],
)
def test_an_order_that_does_not_fit_is_named(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ManifestError) as caught:
        blocks_of("Een.\nTwee.\nDrie.", **changes)
    assert str(caught.value) == f"Document 2030-ggz: {problem}"


def test_a_table_without_its_cell_is_named() -> None:
    with pytest.raises(ManifestError) as caught:
        blocks_of("Onderwerp Datum\n\nDeadline morgen", tables=[{"lines": "1-3", "cells": ["24 oktober"]}])
    assert str(caught.value) == "Geen laatste kolom gevonden in de tabel bij regel 3."


@pytest.mark.parametrize(("line", "page"), [(1, 1), (19, 1), (20, 2), (74, 2), (75, 3), (900, 3)])
def test_a_line_stands_on_the_page_that_began_last(line: int, page: int) -> None:
    assert page_of(line, [1, 20, 75]) == page


def test_white_space_is_folded() -> None:
    assert even_out("\t een \n\n twee\u00a0drie ") == "een twee drie"


@given(st.lists(st.text("abc .•\t-@w", max_size=12), max_size=12))
def test_no_character_is_lost_or_added_without_a_repair(lines: list[str]) -> None:
    raw = "\n".join(lines)
    assert "".join("".join(texts_of(raw)).split()) == "".join(raw.split())


@pytest.mark.parametrize("number", [pytest.param(0, id="2025-mondzorg"), pytest.param(1, id="2026-ggz")])
def test_the_policies_keep_every_character_but_links_table_heads_and_one_hyphen(
    number: int, documents: list[Document]
) -> None:
    described = read_manifest(BUNDLED / "manifest.yaml").documents[number]
    received = (BUNDLED / described.file).read_text(encoding="utf-8")
    kept = [line for line in received.split("\n") if not line.startswith(("mailto:", "http"))]
    for table in described.tables:
        kept.remove(received.split("\n")[int(table.lines.split("-")[0]) - 1])
    expected = sorted("".join("".join(kept).split()))
    expected.remove("-")
    assert sorted("".join(documents[number].text.split())) == expected
