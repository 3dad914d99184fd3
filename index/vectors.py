"""Texts in, their vectors out, each text embedded once in its life: vectors are kept by content hash."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embeddings import BUNDLED_MODEL, E5Small, Embedder
from index.npz import read_arrays, write_arrays

SHIPPED = Path(__file__).parent / "vectors" / f"{BUNDLED_MODEL}.npz"
_BATCH = 16
"""Texts that are embedded together, which most models do faster."""
Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (texts embedded so far, texts to embed)."""


class Role(StrEnum):
    """How a text is embedded: as something that is asked, or as something that answers."""

    QUERY = "query"
    PASSAGE = "passage"


class VectorCache:
    """Looks vectors up by content hash and embeds only what is new.

    A file holds ``keys`` (n, 16 bytes) and ``vectors`` (n, dimensions; float16, which halves the file and changes no
    ranking). A file that cannot be read counts as empty: it is only a saving.
    """

    def __init__(self, embeddings: Embedder, model: str, kept: Path, shipped: Path = SHIPPED) -> None:
        """Use the vectors that ship with the product, and those kept from earlier runs in the file ``kept``."""
        self.model = model
        self._embeddings = embeddings
        self._files = (kept, shipped)
        self._used: set[bytes] = set()

    def missing(self, texts: Iterable[str], role: Role) -> int:
        """Count the texts that would have to be embedded."""
        return len({key for text in texts if (key := self._key(text, role)) not in self._known})

    def vectors(self, texts: Iterable[str], role: Role, progress: Progress | None = None) -> Vectors:
        """Return the vectors of the texts, in order; shape (number of texts, dimensions)."""
        keyed = [(self._key(text, role), text) for text in texts]
        new = {key: text for key, text in keyed if key not in self._known}
        for start in range(0, len(new), _BATCH):
            batch = dict(islice(new.items(), start, start + _BATCH))
            embedded = self._embed(list(batch.values()), role)
            self._known.update(zip(batch, np.asarray(embedded, dtype=np.float16), strict=True))
            if progress:
                progress(start + len(batch), len(new))
        self._used.update(key for key, _ in keyed)
        return np.array([self._known[key] for key, _ in keyed], dtype=np.float32)

    def keep(self) -> None:
        """Write the used vectors that do not ship to the file for the next run, if there are any."""
        own = self._used - self._shipped.keys() if self._used else set()
        if own:
            self._write(self._files[0], own)

    def export(self, path: Path) -> None:
        """Write all used vectors to a file, to be shipped."""
        self._write(path, self._used)

    @cached_property
    def _shipped(self) -> dict[bytes, NDArray[np.float16]]:
        return _read(self._files[1])

    @cached_property
    def _known(self) -> dict[bytes, NDArray[np.float16]]:
        return {**_read(self._files[0]), **self._shipped}

    def _write(self, path: Path, keys: Iterable[bytes]) -> None:
        ordered = sorted(keys)
        keys_array = np.frombuffer(b"".join(ordered), dtype=np.uint8).reshape(-1, 16)
        write_arrays(path, keys=keys_array, vectors=np.array([self._known[key] for key in ordered], dtype=np.float16))

    def _embed(self, texts: list[str], role: Role) -> list[list[float]]:
        if role is Role.QUERY:
            embed_ahead(self._embeddings, texts)
            return [question_vector(self._embeddings, text).tolist() for text in texts]
        return self._embeddings.embed_documents(texts)

    def _key(self, text: str, role: Role) -> bytes:
        return sha256(f"{self.model}\0{role}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]


def embed_ahead(embeddings: Embedder, questions: Iterable[str]) -> None:
    """Let the bundled model begin with questions whose vectors will be asked for; another model embeds when asked."""
    if isinstance(embeddings, E5Small):
        embeddings.embed_ahead(line for text in questions for line in text.split("\n"))


def question_vector(embeddings: Embedder, text: str) -> Vectors:
    """Embed a question; shape (dimensions,), unit length where the embeddings are.

    Its lines, what is told and what is asked, are embedded apart and averaged by length: what is told is so embedded
    once for all that is asked behind it. A text of one line is embedded as it is.
    """
    lines = text.split("\n")
    vectors = np.array([embeddings.embed_query(line) for line in lines], dtype=np.float32)
    whole: Vectors = vectors[0]
    if len(lines) == 1:
        return whole
    mean: Vectors = np.array([len(line) for line in lines], dtype=np.float32) @ vectors
    return mean * (float(np.linalg.norm(whole)) / max(float(np.linalg.norm(mean)), 1e-9))


def _read(path: Path) -> dict[bytes, NDArray[np.float16]]:
    arrays = read_arrays(path)
    if not arrays.keys() >= {"keys", "vectors"}:
        return {}
    return {key.tobytes(): vector for key, vector in zip(arrays["keys"], arrays["vectors"], strict=True)}
