import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings

from assistant.flow import Assistant
from index.build import current_build, open_content
from index.chunks import Chunk
from index.content import IndexContent
from index.errors import IndexCorruptError
from index.search import Passage, PassageSearch, Scores, cut_off, fuse

BOTH = frozenset({"2025-mondzorg", "2026-ggz"})
GGZ = frozenset({"2026-ggz"})
MONDZORG = frozenset({"2025-mondzorg"})


@pytest.fixture(scope="module")
def content(assistant: Assistant, home: Path) -> IndexContent:
    return open_content(home / "index")[1]


@pytest.fixture(scope="module")
def search(assistant: Assistant, home: Path, content: IndexContent, embeddings: Embeddings) -> PassageSearch:
    build = current_build(home / "index")
    assert build is not None
    return PassageSearch(content, embeddings, build / "chroma")


@pytest.fixture(scope="module")
def exact(content: IndexContent, embeddings: Embeddings) -> PassageSearch:
    return PassageSearch(content, embeddings, None)


def scores(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


@pytest.mark.parametrize(
    ("question", "policies", "words"),
    [
        pytest.param(
            "Welke dag moet de vragenlijst binnen zijn?",
            GGZ,
            "Deadline vragenlijst via VECOZO 24 oktober 2025",
            id="a row of the planning",
        ),
        pytest.param(
            "Kan een overeenkomst met terugwerkende kracht ingaan?",
            MONDZORG,
            "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht.",
            id="the same sentence in mondzorg",
        ),
        pytest.param(
            "Kan een overeenkomst met terugwerkende kracht ingaan?",
            GGZ,
            "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht.",
            id="the same sentence in ggz",
        ),
        pytest.param(
            "When must a CBT apply for an agreement?",
            BOTH,
            "door voor 1 september 2024 een email",
            id="a question in English",
        ),
        pytest.param(
            "Wat is UZOVI 3360?", GGZ, "Zorgverzekeraar in Nederland sinds 2019 UZOVI 3360", id="a rare number"
        ),
    ],
)
def test_the_passage_that_answers_is_among_the_first_three(
    question: str, policies: frozenset[str], words: str, search: PassageSearch
) -> None:
    found = search.search(question, policies)
    assert any(words in passage.chunk.text for passage in found[:3])


@pytest.mark.parametrize("policies", [GGZ, MONDZORG], ids=["ggz", "mondzorg"])
def test_only_passages_of_the_asked_policies_are_found(
    policies: frozenset[str], search: PassageSearch, exact: PassageSearch
) -> None:
    for question in ("Green Deal Duurzame Zorg", "keurmerk KiBG", "contract"):
        for engine in (search, exact):
            assert {passage.chunk.policy for passage in engine.search(question, policies)} <= policies


def test_passages_come_best_first_and_fit_the_reader(search: PassageSearch) -> None:
    found = search.search("voorwaarden voor een overeenkomst", BOTH)
    scores = [passage.score for passage in found]
    assert 1 <= len(found) <= 5
    assert scores == sorted(scores, reverse=True)
    assert sum(len(passage.chunk.text) for passage in found) <= 4000
    assert len(search.search("voorwaarden voor een overeenkomst", BOTH, limit=2)) == 2


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Welke dag moet de vragenlijst binnen zijn?", id="a date"),
        pytest.param("Moet ik een machtiging aanvragen bij verslaving?", id="an authorisation"),
        pytest.param("keurmerk", id="one word"),
    ],
)
def test_without_chroma_the_same_passages_are_found(question: str, search: PassageSearch, exact: PassageSearch) -> None:
    ids = [[passage.chunk.id for passage in engine.search(question, BOTH)] for engine in (search, exact)]
    assert ids[0] == ids[1]


def test_a_chroma_that_cannot_be_opened_is_replaced_by_exact_search(
    content: IndexContent,
    embeddings: Embeddings,
    exact: PassageSearch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = PassageSearch(content, embeddings, tmp_path / "chroma")
    with caplog.at_level(logging.WARNING):
        found = broken.search("keurmerk", GGZ)
    assert [passage.chunk.id for passage in found] == [passage.chunk.id for passage in exact.search("keurmerk", GGZ)]
    assert caplog.messages == ["Chroma cannot open the index; the plain vectors are searched"]
    assert broken.failed_chroma == tmp_path / "chroma"
    assert not (tmp_path / "chroma").exists()


class FailingStore:
    """A collection that opens and cannot be searched, and how often that was tried."""

    searches = 0

    def __init__(self, *_: object) -> None:
        pass

    def nearest(self, *_: object, **__: object) -> object:
        FailingStore.searches += 1
        raise IndexCorruptError("Chroma kan niet zoeken.")


def test_chroma_is_not_asked_again_once_it_has_failed(
    content: IndexContent,
    embeddings: Embeddings,
    exact: PassageSearch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("index.search.ChromaStore", FailingStore)
    failing = PassageSearch(content, embeddings, tmp_path)
    assert failing.failed_chroma is None
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert failing.search("keurmerk", GGZ) == exact.search("keurmerk", GGZ)
    assert (FailingStore.searches, failing.failed_chroma) == (1, tmp_path)
    assert caplog.messages == ["Chroma fails; the plain vectors are searched"]


@pytest.mark.parametrize("question", ["", "   ", "???", "\x00\ud800", "x" * 5000])
def test_a_question_without_meaning_breaks_nothing(question: str, search: PassageSearch) -> None:
    assert len(search.search(question, BOTH)) <= 5


def test_rankings_are_fused_by_rank_and_not_by_score() -> None:
    first = scores(0.9, 0.1, 0.5)
    second = scores(100, 0, 900)
    fused = fuse([first, second], scores(0, 0, 0), scores(0, 0, 0))
    assert fused[0] == fused[2] > fused[1] > 0


def test_a_text_that_no_ranking_holds_gets_nothing() -> None:
    assert fuse([scores(0, 0), scores(0, 1)], scores(0, 0), scores(0, 0))[0] == 0


def test_keywords_weigh_more_the_more_words_are_shared() -> None:
    few, all_words = (fuse([scores(9, 0), scores(9, 0)], scores(0, 9), scores(0, share)) for share in (0.1, 1))
    assert few[0] > few[1]
    assert all_words[1] > all_words[0]


@given(texts=st.lists(st.tuples(*[st.floats(0, 1, width=32)] * 3), min_size=5, max_size=30))
def test_a_text_with_all_words_is_among_the_first_five_whatever_meaning_says(
    texts: list[tuple[float, float, float]],
) -> None:
    by_passage, by_question, keywords = (
        np.array([0, *column], dtype=np.float32) for column in zip(*texts, strict=True)
    )
    keywords[0] = 2
    fused = fuse([by_passage, by_question], keywords, np.minimum(keywords, 1))
    assert 0 in np.argsort(-fused, kind="stable")[:5]


def test_passages_are_cut_off_where_the_next_does_not_fit() -> None:
    chunk = Chunk("x", "2026-ggz", "ggz", 2026, (), 1, 0, 0, "", "")
    passages = [Passage(replace(chunk, text="x" * length), 1.0, 1.0, 1.0) for length in (30, 50, 20, 5)]
    assert cut_off(passages, 100) == passages[:3]
    assert cut_off(passages, 99) == passages[:2]
    assert cut_off(passages, 29) == []


@pytest.mark.parametrize(
    ("similarity", "keywords", "expected"),
    [
        pytest.param(2.0, 1.0, True, id="the same meaning and words"),
        pytest.param(0.0, 1.0, False, id="only words"),
        pytest.param(2.0, 0.0, False, id="only meaning"),
    ],
)
def test_a_passage_tells_only_with_meaning_and_words(similarity: float, keywords: float, expected: bool) -> None:
    chunk = Chunk("x", "2026-ggz", "ggz", 2026, (), 1, 0, 0, "", "")
    assert Passage(chunk, 1.0, similarity, keywords).is_telling is expected
