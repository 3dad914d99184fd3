from pathlib import Path

import numpy as np
import pytest

from assistant.rules.lookup import FactLookup
from assistant.rules.phrasing_index import make_phrasing_index, phrasing_index
from assistant.rules.phrasings import Side, phrasings_of
from index.embeddings import BUNDLED_MODEL, Embedder
from index.vectors import VectorCache


class Never:
    """An embedder that must not be asked."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError(texts)

    def embed_query(self, text: str) -> list[float]:
        raise AssertionError(text)


def test_every_phrasing_knows_its_fact_and_its_side(few_rules: FactLookup) -> None:
    found = phrasings_of(few_rules.facts)
    assert [(few_rules.facts[one.fact].id, one.side) for one in found if one.text == "kan een cbt nog aanvragen"] == [
        ("2025-mondzorg.deadline.cbt", Side.STILL)
    ]
    assert len(found) == sum(fact.entry.asked.count() for fact in few_rules.facts)


def test_an_index_that_is_kept_is_read_back_the_same_without_embedding(
    few_rules: FactLookup, embeddings: Embedder, tmp_path: Path
) -> None:
    kept = tmp_path / "index.npz"
    made = phrasing_index(few_rules.facts, VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "vectors.npz"), kept)
    nothing = tmp_path / "nothing.npz"
    read = phrasing_index(few_rules.facts, VectorCache(Never(), BUNDLED_MODEL, nothing, nothing), kept)
    for one, other in [
        (made.whitening.mean, read.whitening.mean),
        (made.whitening.matrix, read.whitening.matrix),
        (made.vectors, read.vectors),
        (made.answers, read.answers),
        (made.letters.lengths, read.letters.lengths),
        (made.letters.starts, read.letters.starts),
    ]:
        assert np.array_equal(one, other)
    assert made.letters.grams == read.letters.grams


def test_an_index_of_other_facts_is_made_again(few_rules: FactLookup, embeddings: Embedder, tmp_path: Path) -> None:
    kept = tmp_path / "index.npz"
    cache = VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "vectors.npz")
    phrasing_index(few_rules.facts, cache, kept)
    fewer = phrasing_index(few_rules.facts[:2], cache, kept)
    assert len(fewer.answers) == 2


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a zip"], ids=["empty", "noise"])
def test_a_damaged_file_is_made_again(
    damage: bytes, few_rules: FactLookup, embeddings: Embedder, tmp_path: Path
) -> None:
    kept = tmp_path / "index.npz"
    kept.write_bytes(damage)
    cache = VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "vectors.npz")
    assert len(phrasing_index(few_rules.facts, cache, kept).answers) == len(few_rules.facts)
    assert kept.read_bytes() != damage


def test_a_folder_that_cannot_be_written_only_costs_time(
    few_rules: FactLookup, embeddings: Embedder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    kept = tmp_path / "file" / "index.npz"
    cache = VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "file" / "vectors.npz")
    found = phrasing_index(few_rules.facts, cache, kept)
    expected = make_phrasing_index(few_rules.facts, cache)
    assert np.array_equal(found.vectors, expected.vectors)
    assert caplog.messages[0].startswith("the phrasings are not kept: ")
