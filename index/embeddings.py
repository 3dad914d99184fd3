"""Text in, vectors out: the bundled model, or any other behind LangChain's Embeddings."""

import re
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingError

BUNDLED_MODEL = "e5-small"
MODEL_FILE = Path(__file__).parent / "model" / "model.onnx"
PIECES_FILE = MODEL_FILE.with_name("sentencepiece.model")
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "
MAX_QUERY_CHARACTERS = 512
_MOST_PIECES = 512
_WORKERS = 2
_THREADS_OF_A_TEXT = 1
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
Vector = NDArray[np.float32]


class Embedder(Protocol):
    """The two methods of LangChain's Embeddings; every Embeddings is one.

    The class of LangChain itself costs 0.6 s to import, a third of a cold start, so only ``index.langchain_embeddings``
    does.
    """

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages; shape (len(texts), dimensions)."""

    def embed_query(self, text: str) -> list[float]:
        """Embed a question; shape (dimensions,)."""


def load_embedder(name: str) -> Embedder:
    """Load the bundled model, or the sentence-transformers model with this name or path.

    Raises:
        EmbeddingError: the model, or the package that it needs, is not there.
    """
    if name == BUNDLED_MODEL:
        return E5Small()
    from index.langchain_embeddings import load_embeddings

    return load_embeddings(name)


def clean(text: str) -> str:
    """Replace what an engine cannot read: NUL and lone surrogates."""
    return _UNSAFE.sub(" ", text)


class E5Small:
    """multilingual-e5-small in 8 bits, which lies in ``index/model``; 384 dimensions, unit length.

    ``tools/export_model.py`` says where it comes from. Two texts are embedded at a time, each on one core: the threads
    of an engine wait by spinning, which on a busy machine takes the core that another text needs. Passages and queries
    get the prefixes that E5 was trained with (Wang et al. 2024, "Multilingual E5 Text Embeddings").
    """

    def __init__(self) -> None:
        try:
            from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
            from sentencepiece import SentencePieceProcessor

            options = SessionOptions()
            options.intra_op_num_threads = _THREADS_OF_A_TEXT
            # more would fuse sums with normalizations, which takes longer than both apart
            options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC
            self._session = InferenceSession(MODEL_FILE, options, providers=["CPUExecutionProvider"])
            self._pieces = SentencePieceProcessor(model_file=str(PIECES_FILE), add_bos=True, add_eos=True)
        except Exception as error:  # both raise what they like on a file that is gone or damaged
            raise EmbeddingError(
                f"Het ingebouwde embeddingmodel is niet te laden: {error}. Installeer opnieuw."
            ) from error
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="embed")
        self._recent = lru_cache(maxsize=512)(self._begin)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages; shape (len(texts), 384)."""
        prefixed = [PASSAGE_PREFIX + text for text in texts]
        return [vector.tolist() for vector in self._workers.map(self._embed, prefixed)]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, of which at most 512 characters count; shape (384,)."""
        vector: list[float] = self._recent(text[:MAX_QUERY_CHARACTERS]).result().tolist()
        return vector

    def embed_ahead(self, texts: Iterable[str]) -> None:
        """Begin to embed questions that will be asked for, side by side, and come back at once."""
        for text in texts:
            self._recent(text[:MAX_QUERY_CHARACTERS])

    def _begin(self, text: str) -> "Future[Vector]":
        return self._workers.submit(self._embed, QUERY_PREFIX + text)

    def _embed(self, text: str) -> Vector:
        *pieces, end = self._pieces.encode(clean(text))
        numbers = np.array([[*pieces[: _MOST_PIECES - 1], end]], dtype=np.int64)
        vector: Vector = self._session.run(None, {"input_ids": numbers})[0][0]
        return vector
