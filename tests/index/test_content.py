import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from index.build import make_content
from index.content import FORMAT, IndexContent, read_content, read_meta, write_content
from index.documents import Document
from index.embeddings import BUNDLED_MODEL
from index.errors import IndexCorruptError
from index.vectors import VectorCache

QUESTIONS = [("Mag het met terugwerkende kracht?", 0), ("Kan het eerder ingaan?", 0), ("Hoe mail ik mijn aanvraag?", 2)]


@pytest.fixture
def content(
    small_documents: list[Document], embeddings: Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> IndexContent:
    """Return the content of an index of two small policies with three passage questions."""

    monkeypatch.setattr(
        "index.build.read_passage_questions", lambda chunks: [(text, chunks[at].id) for text, at in QUESTIONS]
    )
    cache = VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "kept.npz")
    return make_content(small_documents, BUNDLED_MODEL, cache)


@pytest.fixture
def folder(content: IndexContent, tmp_path: Path) -> Path:
    target = tmp_path / "build"
    target.mkdir()
    write_content(content, target)
    return target


def test_the_content_of_an_index_has_a_key_for_every_passage_and_question(content: IndexContent) -> None:
    assert (content.meta.chunks, content.meta.keys) == (3, 6)
    assert content.meta.policies == ("2030-ggz", "2029-mondzorg")
    assert content.key_chunks.tolist() == [0, 1, 2, 0, 0, 2]
    assert content.key_is_question.tolist() == [False, False, False, True, True, True]
    assert content.question_texts == (
        ("Mag het met terugwerkende kracht?", "Kan het eerder ingaan?"),
        (),
        ("Hoe mail ik mijn aanvraag?",),
    )
    assert np.allclose(np.linalg.norm(content.vectors, axis=1), 1, atol=1e-3)


def test_what_is_written_is_read_back(content: IndexContent, folder: Path) -> None:
    read = read_content(folder)
    assert (read.meta, read.chunks, read.question_texts) == (content.meta, content.chunks, content.question_texts)
    assert np.array_equal(read.key_chunks, content.key_chunks)
    assert np.array_equal(read.key_is_question, content.key_is_question)
    assert np.allclose(read.vectors, content.vectors, atol=1e-3)
    assert read_meta(folder) == content.meta


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def overwrite(name: str, text: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return damage


def lose_a_line(folder: Path) -> None:
    lines = (folder / "chunks.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "chunks.jsonl").write_text("".join(lines[:-1]), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        pytest.param(remove("meta.json"), "is beschadigd (meta.json)", id="no description"),
        pytest.param(overwrite("meta.json", "{"), "is beschadigd (meta.json)", id="a damaged description"),
        pytest.param(overwrite("meta.json", "[]"), "is beschadigd (meta.json)", id="another description"),
        pytest.param(overwrite("meta.json", '{"policies": []}'), "is beschadigd (meta.json)", id="keys are missing"),
        pytest.param(remove("chunks.jsonl"), "is beschadigd", id="no chunks"),
        pytest.param(overwrite("chunks.jsonl", '{"chunk": {}}\n'), "is beschadigd", id="a damaged chunk"),
        pytest.param(lose_a_line, "is niet volledig.", id="a chunk is lost"),
        pytest.param(remove("vectors.npz"), "is beschadigd", id="no vectors"),
        pytest.param(overwrite("vectors.npz", "geen vectoren"), "is beschadigd", id="damaged vectors"),
    ],
)
def test_a_damaged_index_is_refused(damage: Callable[[Path], None], problem: str, folder: Path) -> None:
    damage(folder)
    with pytest.raises(IndexCorruptError) as caught:
        read_content(folder)
    assert str(caught.value).startswith(f"De index in {folder} {problem}")


def test_an_index_of_another_format_is_refused(content: IndexContent, folder: Path) -> None:
    write_content(replace(content, meta=replace(content.meta, format=FORMAT + 1)), folder)
    assert json.loads((folder / "meta.json").read_text(encoding="utf-8"))["format"] == FORMAT + 1
    with pytest.raises(IndexCorruptError) as caught:
        read_meta(folder)
    assert str(caught.value) == f"De index in {folder} heeft een ander formaat ({FORMAT + 1})."
