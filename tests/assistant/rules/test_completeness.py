from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import FactsError
from assistant.rules.completeness import Waiver, coverage, is_telling, read_waivers, sentences_of
from assistant.rules.model import Fact
from index.documents import Document

DEADLINE = "Deadline vragenlijst via VECOZO 24 oktober 2025"


def test_every_telling_sentence_is_bound_or_waived(documents: list[Document], facts: list[Fact]) -> None:
    found = coverage(documents, facts, read_waivers().waivers)
    assert found.open == ()
    assert found.idle == ()
    assert found.bound + found.waived == found.telling


def test_a_sentence_whose_facts_are_gone_is_open(documents: list[Document], facts: list[Fact]) -> None:
    without = [fact for fact in facts if not any(quote.text == DEADLINE for quote in fact.quotes)]
    open_sentences = coverage(documents, without, read_waivers().waivers).open
    assert DEADLINE in [sentence.text for sentence in open_sentences]


def test_a_sentence_of_which_a_figure_stands_in_no_quote_is_open(documents: list[Document], facts: list[Fact]) -> None:
    own = next(fact for fact in facts if fact.id == "2026-ggz.deadline.vragenlijst")
    shorter = replace(own, quotes=(replace(own.quotes[0], end=own.quotes[0].start + len("Deadline vragenlijst")),))
    open_sentences = coverage(documents, [shorter], []).open
    assert DEADLINE in [sentence.text for sentence in open_sentences]


def test_a_waiver_of_a_sentence_that_is_not_there_is_idle(documents: list[Document], facts: list[Fact]) -> None:
    waiver = Waiver(quote="Deze zin staat nergens.", reason="om te proberen")
    assert coverage(documents, facts, [waiver]).idle == ("Deze zin staat nergens.",)


def test_sentences_cover_a_policy_in_order(documents: list[Document]) -> None:
    for document in documents:
        sentences = list(sentences_of(document))
        assert sentences == sorted(sentences, key=lambda sentence: sentence.start)
        assert all(document.text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
        letters = sum(not character.isspace() for character in document.text)
        assert sum(not character.isspace() for sentence in sentences for character in sentence.text) == letters


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        pytest.param("U dient dit aan te leveren.", True, id="a duty"),
        pytest.param("Wij verwachten aandacht.", True, id="an expectation"),
        pytest.param("De monitor komt tweemaandelijks.", True, id="a number as a word"),
        pytest.param("Mail naar zorginkoop@caresq.nl graag.", True, id="an address"),
        pytest.param("In oktober wordt het duidelijk.", True, id="a month"),
        pytest.param("Zorg is schaars en mooi.", False, id="a statement"),
    ],
)
def test_what_makes_a_sentence_telling(text: str, telling: bool) -> None:
    assert is_telling(text) is telling


def test_a_waiver_needs_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("waivers: [{quote: een zin}]\nderived: []\n", encoding="utf-8")
    with pytest.raises(FactsError, match="reason"):
        read_waivers(path)
