"""The content of an index as plain files: the truth from which Chroma can be filled again without embedding."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.chunks import Chunk
from index.errors import IndexCorruptError
from index.vectors import Vectors
from index.whitening import Whitening

FORMAT = 3


@dataclass(frozen=True)
class IndexMeta:
    """What an index was built from: ``version`` is a hash of all its input."""

    version: str
    embedding_model: str
    policies: tuple[str, ...]
    chunks: int
    keys: int
    format: int = FORMAT


@dataclass(frozen=True)
class IndexContent:
    """Chunks and their search keys.

    ``key_chunks`` (n,) holds the position in ``chunks`` that each key leads to; ``key_is_question`` (n,) tells the
    passage questions from the passages; ``vectors`` (n, dimensions) are projected by ``whitening`` and have length 1;
    ``question_texts`` holds the passage questions of every chunk, for keyword search.
    """

    meta: IndexMeta
    chunks: tuple[Chunk, ...]
    key_chunks: NDArray[np.int32]
    key_is_question: NDArray[np.bool_]
    vectors: Vectors
    whitening: Whitening
    question_texts: tuple[tuple[str, ...], ...]


def write_content(content: IndexContent, folder: Path) -> None:
    """Write the plain files of an index; a file system error is the caller's to translate."""
    (folder / "meta.json").write_text(json.dumps(asdict(content.meta), indent=1), encoding="utf-8")
    with (folder / "chunks.jsonl").open("w", encoding="utf-8") as file:
        for chunk, questions in zip(content.chunks, content.question_texts, strict=True):
            file.write(json.dumps({"chunk": asdict(chunk), "questions": questions}, ensure_ascii=False) + "\n")
    np.savez(
        folder / "vectors.npz",
        key_chunks=content.key_chunks,
        key_is_question=content.key_is_question,
        vectors=content.vectors.astype(np.float16),
        mean=content.whitening.mean,
        matrix=content.whitening.matrix,
    )


def read_meta(folder: Path) -> IndexMeta:
    """Read what an index was built from.

    Raises:
        IndexCorruptError: the file is missing, damaged, or of another format.
    """
    try:
        raw = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        meta = IndexMeta(**{**raw, "policies": tuple(raw["policies"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexCorruptError(f"De index in {folder} is beschadigd (meta.json): {error}") from error
    if meta.format != FORMAT:
        raise IndexCorruptError(f"De index in {folder} heeft een ander formaat ({meta.format}).")
    return meta


def read_content(folder: Path) -> IndexContent:
    """Read the plain files of an index and check that they belong together.

    Raises:
        IndexCorruptError: a file is missing or damaged, or the counts differ.
    """
    meta = read_meta(folder)
    try:
        records = [json.loads(line) for line in (folder / "chunks.jsonl").read_text(encoding="utf-8").splitlines()]
        chunks = tuple(_chunk(record["chunk"]) for record in records)
        with (folder / "vectors.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            key_chunks, is_question, vectors = file["key_chunks"], file["key_is_question"], file["vectors"]
            whitening = Whitening(file["mean"], file["matrix"])
    except Exception as error:  # NumPy and zipfile raise many kinds on a damaged file
        raise IndexCorruptError(f"De index in {folder} is beschadigd: {error}") from error
    if (len(chunks), len(vectors), len(key_chunks)) != (meta.chunks, meta.keys, meta.keys):
        raise IndexCorruptError(f"De index in {folder} is niet volledig.")
    questions = tuple(tuple(record["questions"]) for record in records)
    return IndexContent(meta, chunks, key_chunks, is_question, vectors.astype(np.float32), whitening, questions)


def _chunk(raw: dict[str, Any]) -> Chunk:
    return Chunk(**{**raw, "heading_path": tuple(raw["heading_path"])})
