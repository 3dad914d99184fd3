"""Vectors in a Chroma collection on disk, and the nearest of them out; the only module that touches Chroma."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

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
            self._collection = _client(folder).get_collection(_COLLECTION, embedding_function=None)
            built_with = (self._collection.metadata or {}).get("embedding_model")
            count = self._collection.count()
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
            found = self._collection.query(
                query_embeddings=[vector], n_results=count, where=where, include=["metadatas", "distances"]
            )
            records, distances = found["metadatas"][0], found["distances"][0]
        except Exception as error:  # as above
            raise IndexCorruptError(f"Chroma kan niet zoeken: {error}") from error
        return [(int(record["row"]), 1.0 - distance) for record, distance in zip(records, distances, strict=True)]


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

    It is a vector store of LangChain, so that any chain can open it. Our own reading goes without LangChain, whose
    import costs 1.3 s of a cold start.

    Raises:
        IndexWriteError: Chroma cannot write it.
    """
    try:
        from langchain_chroma import Chroma

        store = Chroma(
            collection_name=_COLLECTION,
            client=_client(folder, new=True),
            collection_metadata={"embedding_model": model},
            collection_configuration={"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 400}},
        )
        for start in range(0, len(records), _BATCH):
            batch = records[start : start + _BATCH]
            store._collection.upsert(
                ids=[str(record.row) for record in batch],
                embeddings=np.array(vectors[start : start + _BATCH], dtype=np.float32),
                documents=[str(record.row) for record in batch],
                metadatas=[vars(record) for record in batch],
            )
        store._client.close()
        write_sums(folder)
    except Exception as error:  # as above
        raise IndexWriteError(f"Chroma kan de index in {folder} niet schrijven: {error}") from error


def _client(folder: Path, *, new: bool = False) -> Any:
    import chromadb
    from chromadb.config import Settings

    if not new:  # after the imports: a thread that goes on while the process ends cannot import Chroma any more
        check_sums(folder)
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
