import threading
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from index.embeddings import BUNDLED_MODEL, QUERY_PREFIX, E5Small
from index.vectors import Role, VectorCache, embed_ahead, question_vector

NOTHING = Path("/does/not/exist.npz")


class Counting(Embeddings):
    """The bundled model, and the texts that it had to embed."""

    def __init__(self, real: Embeddings) -> None:
        self.real = real
        self.embedded: list[str] = []
        self.batches: list[int] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        self.batches.append(len(texts))
        return self.real.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        self.embedded.append(text)
        return self.real.embed_query(text)


@pytest.fixture
def counting(embeddings: Embeddings) -> Counting:
    return Counting(embeddings)


def test_a_text_is_embedded_once_in_its_life(counting: Counting, tmp_path: Path) -> None:
    kept = tmp_path / "kept.npz"
    cache = VectorCache(counting, BUNDLED_MODEL, kept, NOTHING)
    first = cache.vectors(["een", "twee", "een"], Role.PASSAGE)
    assert counting.embedded == ["een", "twee"]
    cache.keep()
    again = VectorCache(counting, BUNDLED_MODEL, kept, NOTHING).vectors(["een", "twee", "een"], Role.PASSAGE)
    assert counting.embedded == ["een", "twee"]
    assert np.array_equal(first, again)


def test_what_is_told_and_what_is_asked_are_embedded_apart_and_weigh_by_length(counting: Counting) -> None:
    vector = question_vector(counting, "Wij hebben een praktijk.\nMag dat?")
    assert counting.embedded == ["Wij hebben een praktijk.", "Mag dat?"]
    told, asked = (np.array(counting.real.embed_query(text)) for text in counting.embedded)
    mean = 24 * told + 8 * asked
    assert np.allclose(vector, mean / np.linalg.norm(mean), atol=1e-6)


def test_a_question_of_one_line_is_embedded_as_it_is(counting: Counting) -> None:
    vector = question_vector(counting, "Mag dat?")
    assert np.allclose(vector, counting.real.embed_query("Mag dat?"))


def test_vectors_come_in_the_order_of_the_texts(counting: Counting) -> None:
    cache = VectorCache(counting, BUNDLED_MODEL, NOTHING, NOTHING)
    one, two = cache.vectors(["een", "twee"], Role.PASSAGE)
    assert np.array_equal(cache.vectors(["twee", "een"], Role.PASSAGE), [two, one])
    assert np.allclose(one, counting.real.embed_documents(["een"])[0], atol=1e-3)


def test_another_role_or_model_is_another_vector(counting: Counting, tmp_path: Path) -> None:
    kept = tmp_path / "kept.npz"
    cache = VectorCache(counting, BUNDLED_MODEL, kept, NOTHING)
    cache.vectors(["een"], Role.PASSAGE)
    cache.keep()
    assert cache.missing(["een"], Role.PASSAGE) == 0
    assert cache.missing(["een"], Role.QUERY) == 1
    assert VectorCache(counting, "another-model", kept, NOTHING).missing(["een"], Role.PASSAGE) == 1


def test_missing_texts_are_counted_once(counting: Counting) -> None:
    cache = VectorCache(counting, BUNDLED_MODEL, NOTHING, NOTHING)
    cache.vectors(["een"], Role.QUERY)
    assert cache.missing(["een", "twee", "twee", "drie"], Role.QUERY) == 2


def test_progress_counts_only_what_has_to_be_embedded(counting: Counting) -> None:
    cache = VectorCache(counting, BUNDLED_MODEL, NOTHING, NOTHING)
    texts = [str(number) for number in range(20)]
    cache.vectors(texts[:2], Role.QUERY)
    reported: list[tuple[int, int]] = []
    cache.vectors(texts, Role.QUERY, lambda done, total: reported.append((done, total)))
    assert reported == [(16, 18), (18, 18)]


def test_passages_are_embedded_in_batches(counting: Counting) -> None:
    cache = VectorCache(counting, BUNDLED_MODEL, NOTHING, NOTHING)
    cache.vectors(["3"], Role.PASSAGE)
    counting.batches.clear()
    texts = [str(number) for number in range(20)]
    reported: list[tuple[int, int]] = []
    vectors = cache.vectors([*texts, "0"], Role.PASSAGE, lambda done, total: reported.append((done, total)))
    assert counting.batches == [16, 3]
    assert reported == [(16, 19), (19, 19)]
    assert np.array_equal(vectors[0], vectors[20])
    assert np.allclose(vectors[19], counting.real.embed_documents(["19"])[0], atol=1e-3)


def test_the_lines_of_a_question_are_embedded_side_by_side_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bundled, both_are_here, embedded = E5Small(), threading.Barrier(2), []
    embed = bundled._embed

    def embed_when_both_are_here(text: str) -> object:
        embedded.append(text)
        both_are_here.wait(timeout=30)
        return embed(text)

    monkeypatch.setattr(bundled, "_embed", embed_when_both_are_here)
    question = "Ik ben psycholoog.\nTot wanneer kan ik tekenen?"
    embed_ahead(bundled, [question])
    vector = question_vector(bundled, question)
    assert np.array_equal(vector, question_vector(E5Small(), question))
    assert sorted(embedded) == sorted(QUERY_PREFIX + line for line in question.split("\n"))


def test_no_texts_have_no_vectors(counting: Counting) -> None:
    assert len(VectorCache(counting, BUNDLED_MODEL, NOTHING, NOTHING).vectors([], Role.PASSAGE)) == 0


def test_only_used_vectors_that_do_not_ship_are_kept(counting: Counting, tmp_path: Path) -> None:
    shipped, kept = tmp_path / "shipped.npz", tmp_path / "kept.npz"
    shipping = VectorCache(counting, BUNDLED_MODEL, NOTHING, NOTHING)
    shipping.vectors(["een"], Role.QUERY)
    shipping.export(shipped)
    cache = VectorCache(counting, BUNDLED_MODEL, kept, shipped)
    cache.vectors(["een"], Role.QUERY)
    cache.keep()
    assert not kept.exists()
    cache.vectors(["twee"], Role.QUERY)
    cache.keep()
    alone = VectorCache(counting, BUNDLED_MODEL, kept, NOTHING)
    assert (alone.missing(["een"], Role.QUERY), alone.missing(["twee"], Role.QUERY)) == (1, 0)
    assert counting.embedded == ["een", "twee"]


def test_a_damaged_file_counts_as_empty_and_is_written_anew(counting: Counting, tmp_path: Path) -> None:
    kept = tmp_path / "kept.npz"
    kept.write_bytes(b"geen vectoren")
    cache = VectorCache(counting, BUNDLED_MODEL, kept, NOTHING)
    assert cache.missing(["een"], Role.QUERY) == 1
    cache.vectors(["een"], Role.QUERY)
    cache.keep()
    assert VectorCache(counting, BUNDLED_MODEL, kept, NOTHING).missing(["een"], Role.QUERY) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kept.npz"]


def test_half_a_surrogate_pair_is_a_text_like_any_other(counting: Counting) -> None:
    cache = VectorCache(counting, BUNDLED_MODEL, NOTHING, NOTHING)
    assert cache.vectors(["\ud800"], Role.QUERY).shape == (1, 384)
