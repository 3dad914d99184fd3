"""Text in, vectors out, as LangChain's Embeddings: for chains of one's own, and for sentence-transformers models."""

import threading

from langchain_core.embeddings import Embeddings

from index.embeddings import BUNDLED_MODEL, MAX_QUERY_CHARACTERS, PASSAGE_PREFIX, QUERY_PREFIX, E5Small, clean
from index.errors import EmbeddingError


def load_embeddings(name: str) -> Embeddings:
    """Load the bundled model, or the sentence-transformers model with this name or path.

    Raises:
        EmbeddingError: the model, or the package that it needs, is not there.
    """
    return E5SmallEmbeddings() if name == BUNDLED_MODEL else SentenceTransformerEmbeddings(name)


class E5SmallEmbeddings(E5Small, Embeddings):
    """The bundled model."""


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
        self._query_prefix, self._passage_prefix = (QUERY_PREFIX, PASSAGE_PREFIX) if is_e5 else ("", "")
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages; shape (len(texts), dimensions of the model), unit length."""
        return self._embed([self._passage_prefix + text for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, of which at most 512 characters count; shape (dimensions of the model,)."""
        return self._embed([self._query_prefix + text[:MAX_QUERY_CHARACTERS]])[0]

    def _embed(self, texts: list[str]) -> list[list[float]]:
        cleaned = [clean(text) for text in texts]
        with self._lock:
            vectors: list[list[float]] = self._model.encode(cleaned, normalize_embeddings=True).tolist()
        return vectors
