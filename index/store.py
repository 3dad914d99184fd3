"""Vectors in a Chroma collection on disk, and the nearest of them out; the only module that touches Chroma."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.collection_files import check_sums, holds_keys, write_sums
from index.errors import EmbeddingError, IndexCorruptError, IndexWriteError

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

_COLLECTION = "passages"
_BATCH = 1000


@dataclass(frozen=True)
class KeyRecord:
    """What is stored beside a vector: the row that it has in the plain vector file, and what it may be filtered on."""

    row: int
    policy: str
    sector: str
    contract_year: int
    is_question: bool


class ChromaStore:
    """A Chroma collection of search keys, opened for reading."""

    def __init__(self, folder: Path, model: str, expected: int) -> None:
        """Open the collection and check it.

        Raises:
            EmbeddingError: it was built with another embedding model.
            IndexCorruptError: Chroma cannot open it, or it does not hold the expected number of keys.
        """
        try:
            self._store = _open(folder, create=False)
            collection = self._store._collection
            built_with, count = (collection.metadata or {}).get("embedding_model"), collection.count()
        except Exception as error:  # Chroma raises its own, SQLite's and its Rust core's errors
            raise IndexCorruptError(f"Chroma kan de index in {folder} niet openen: {error}") from error
        if built_with != model:
            raise EmbeddingError(
                f"De index is gebouwd met embeddingmodel '{built_with}', gevraagd is '{model}'. "
                "Bouw opnieuw met: inkoopwijzer index build"
            )
        if count != expected:
            raise IndexCorruptError(f"De index in {folder} telt {count} sleutels in plaats van {expected}.")

    def nearest(
        self, vector: list[float], count: int, policies: frozenset[str], *, questions: bool
    ) -> list[tuple[int, float]]:
        """Return (row, cosine similarity) of the nearest questions or passages of these policies, best first.

        Raises:
            IndexCorruptError: Chroma cannot search.
        """
        where: dict[str, Any] = {"$and": [{"policy": {"$in": sorted(policies)}}, {"is_question": questions}]}
        try:
            found = self._store.similarity_search_by_vector_with_relevance_scores(vector, k=count, filter=where)
        except Exception as error:  # as above
            raise IndexCorruptError(f"Chroma kan niet zoeken: {error}") from error
        return [(int(document.metadata["row"]), 1.0 - distance) for document, distance in found]


def is_whole(folder: Path, model: str, expected: int) -> bool:
    """Tell whether a collection is whole; Chroma is imported and asked only where its files do not tell."""
    try:
        check_sums(folder)
        if not holds_keys(folder, expected):
            ChromaStore(folder, model, expected)
    except (EmbeddingError, IndexCorruptError):
        return False
    return True


def write_collection(folder: Path, model: str, records: list[KeyRecord], vectors: list[list[float]]) -> None:
    """Write all keys and their vectors to a new collection that remembers the embedding model.

    Raises:
        IndexWriteError: Chroma cannot write it.
    """
    try:
        store = _open(folder, create=True, model=model)
        for start in range(0, len(records), _BATCH):
            batch = records[start : start + _BATCH]
            store._collection.upsert(
                ids=[str(record.row) for record in batch],
                embeddings=vectors[start : start + _BATCH],
                documents=[str(record.row) for record in batch],
                metadatas=[vars(record) for record in batch],
            )
        store._client.close()
        write_sums(folder)
    except Exception as error:  # as above
        raise IndexWriteError(f"Chroma kan de index in {folder} niet schrijven: {error}") from error


def _open(folder: Path, create: bool, model: str = "") -> Any:
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    if not create:  # after the imports: a thread that goes on while the process ends cannot import Chroma any more
        check_sums(folder)
    return Chroma(
        collection_name=_COLLECTION,
        client=chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False)),
        collection_metadata={"embedding_model": model} if create else None,
        collection_configuration={"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 400}}
        if create
        else None,
        create_collection_if_not_exists=create,
    )
