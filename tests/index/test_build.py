import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from langchain_core.embeddings import Embeddings

from index import build as build_module
from index.build import (
    build_index,
    current_build,
    input_version,
    is_current,
    make_content,
    open_content,
    refill_chroma,
)
from index.chunks import Chunk
from index.documents import Document, read_documents
from index.embeddings import BUNDLED_MODEL
from index.errors import IndexBusyError, IndexCorruptError, IndexMissingError, IndexWriteError
from index.search import PassageSearch
from index.vectors import VectorCache

WritePolicy = Callable[..., Path]
QUESTION = "Kan een overeenkomst met terugwerkende kracht?"
ANSWER = "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht."
QUESTIONS = {
    "Mag het contract eerder ingaan?": "Wij sluiten",
    "Geldt een contract ook voor vorig jaar?": "Wij sluiten",
    "Wanneer komt de vragenlijst?": "De vragenlijst",
    "Hoe vraagt een centrum iets aan?": "Een centrum",
}


@pytest.fixture(autouse=True)
def _few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a few passage questions of the small policies instead of those that ship."""

    def questions(chunks: list[Chunk]) -> list[tuple[str, str]]:
        return [
            (question, chunk.id)
            for chunk in chunks
            for question, start in QUESTIONS.items()
            if chunk.text.startswith(start)
        ]

    monkeypatch.setattr(build_module, "read_passage_questions", questions)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def other_documents(small_documents: list[Document], write_policy: WritePolicy) -> list[Document]:
    """Return the two policies of a few lines, and a third."""
    third = write_policy("De deadline is 24 oktober.\n", folder="third", id="2031-ggz", order=["1"])
    return [*small_documents, *read_documents(third)]


class Never:
    """Embeddings that must not be asked for."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError(texts)

    def embed_query(self, text: str) -> list[float]:
        raise AssertionError(text)


def remove_chroma(build: Path) -> None:
    shutil.rmtree(build / "chroma")


def overwrite_database(build: Path) -> None:
    (build / "chroma" / "chroma.sqlite3").write_bytes(b"geen database " * 100)


def lose_a_key(build: Path) -> None:
    with closing(sqlite3.connect(build / "chroma" / "chroma.sqlite3")) as database:
        database.execute("DELETE FROM embeddings WHERE id = 1")
        database.commit()


DAMAGED_CHROMA = [
    pytest.param(remove_chroma, id="no Chroma"),
    pytest.param(overwrite_database, id="a damaged database"),
    pytest.param(lose_a_key, id="a lost key"),
]


def best_passage(folder: Path, embeddings: Embeddings) -> str:
    build, content = open_content(folder)
    search = PassageSearch(content, embeddings, build / "chroma")
    return search.search(QUESTION, frozenset({"2030-ggz", "2029-mondzorg"}))[0].chunk.text


def names(folder: Path) -> list[str]:
    """Return the parts of the index folder, without the random end of their names."""
    return sorted(path.name.split("-")[0] for path in folder.iterdir())


def test_a_build_is_complete_and_in_use(small_documents: list[Document], embeddings: Embeddings, folder: Path) -> None:
    build = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    assert current_build(folder) == build
    assert is_current(build, small_documents, BUNDLED_MODEL)
    assert sorted(path.name for path in build.iterdir()) == ["chroma", "chunks.jsonl", "meta.json", "vectors.npz"]
    assert names(folder) == ["build", "current", "lock", "vectors.npz"]
    assert best_passage(folder, embeddings) == ANSWER


def test_an_unchanged_rebuild_does_nothing(
    small_documents: list[Document], embeddings: Embeddings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.name != "lock"}
    monkeypatch.setattr(build_module, "make_content", None)
    assert build_index(small_documents, embeddings, BUNDLED_MODEL, folder) == build
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.name != "lock"} == before


def test_changed_policies_are_built_anew_and_only_the_new_text_is_embedded(
    small_documents: list[Document], other_documents: list[Document], embeddings: Embeddings, folder: Path
) -> None:
    first = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    reported: list[tuple[int, int]] = []
    second = build_index(
        other_documents, embeddings, BUNDLED_MODEL, folder, lambda done, total: reported.append((done, total))
    )
    assert reported == [(1, 1)]
    assert (current_build(folder), first.exists()) == (second, False)
    assert open_content(folder)[1].meta.policies == ("2030-ggz", "2029-mondzorg", "2031-ggz")


@pytest.mark.parametrize(
    ("step", "interruption"),
    [
        pytest.param("make_content", KeyboardInterrupt, id="while embedding"),
        pytest.param("write_content", KeyboardInterrupt, id="while writing the plain files"),
        pytest.param("write_collection", RuntimeError, id="while writing Chroma"),
        pytest.param("_check", KeyboardInterrupt, id="while checking"),
        pytest.param("_point_to", RuntimeError, id="before the name is swapped"),
    ],
)
def test_the_previous_index_answers_after_an_interrupted_build(
    step: str,
    interruption: type[BaseException],
    small_documents: list[Document],
    other_documents: list[Document],
    embeddings: Embeddings,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    previous = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)

    def interrupt(*_: object) -> None:
        raise interruption

    with monkeypatch.context() as patch, pytest.raises(interruption):
        patch.setattr(build_module, step, interrupt)
        build_index(other_documents, embeddings, BUNDLED_MODEL, folder)
    assert current_build(folder) == previous
    assert best_passage(folder, embeddings) == ANSWER
    assert not list(folder.glob("partial-*"))
    after = build_index(other_documents, embeddings, BUNDLED_MODEL, folder)
    assert is_current(after, other_documents, BUNDLED_MODEL)
    assert names(folder) == ["build", "current", "lock", "vectors.npz"]


def test_what_a_killed_build_left_is_removed_by_the_next(
    small_documents: list[Document], embeddings: Embeddings, folder: Path
) -> None:
    (folder / "partial-killed").mkdir(parents=True)
    (folder / "partial-killed" / "meta.json").write_text("{", encoding="utf-8")
    build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    assert names(folder) == ["build", "current", "lock", "vectors.npz"]


def test_an_index_that_fails_its_check_is_not_put_into_use(
    small_documents: list[Document],
    other_documents: list[Document],
    embeddings: Embeddings,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    previous = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    write_collection = build_module.write_collection
    monkeypatch.setattr(
        build_module,
        "write_collection",
        lambda target, model, records, vectors: write_collection(target, model, records[:-1], vectors[:-1]),
    )
    with pytest.raises(IndexCorruptError, match="telt 7 sleutels in plaats van 8"):
        build_index(other_documents, embeddings, BUNDLED_MODEL, folder)
    assert current_build(folder) == previous


def test_a_damaged_index_is_built_again(small_documents: list[Document], embeddings: Embeddings, folder: Path) -> None:
    build = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    (build / "chunks.jsonl").write_text("", encoding="utf-8")
    assert not is_current(build, small_documents, BUNDLED_MODEL)
    again = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    assert is_current(again, small_documents, BUNDLED_MODEL)


@pytest.mark.parametrize("damage", DAMAGED_CHROMA)
def test_a_damaged_chroma_is_filled_again_without_embedding(
    damage: Callable[[Path], None], small_documents: list[Document], embeddings: Embeddings, folder: Path
) -> None:
    build = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    plain = [(build / name).read_bytes() for name in ("chunks.jsonl", "meta.json")]
    vectors = open_content(folder)[1].vectors
    damage(build)
    assert not is_current(build, small_documents, BUNDLED_MODEL)
    again = build_index(small_documents, Never(), BUNDLED_MODEL, folder)
    assert (current_build(folder), build.exists()) == (again, False)
    assert is_current(again, small_documents, BUNDLED_MODEL)
    assert [(again / name).read_bytes() for name in ("chunks.jsonl", "meta.json")] == plain
    assert np.array_equal(open_content(folder)[1].vectors, vectors)
    assert names(folder) == ["build", "current", "lock", "vectors.npz"]
    assert best_passage(folder, embeddings) == ANSWER


def test_a_whole_index_is_recognised_without_chroma(
    small_documents: list[Document], embeddings: Embeddings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    monkeypatch.setattr("index.store.ChromaStore", None)
    assert build_index(small_documents, Never(), BUNDLED_MODEL, folder) == build


@pytest.mark.parametrize("step", ["write_content", "write_collection", "_check", "_point_to"])
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError, IndexCorruptError])
def test_the_previous_index_answers_after_an_interrupted_refill(
    step: str,
    interruption: type[BaseException],
    small_documents: list[Document],
    embeddings: Embeddings,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    previous = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    remove_chroma(previous)

    def interrupt(*_: object) -> None:
        raise interruption

    expected = IndexWriteError if interruption is OSError else interruption
    with monkeypatch.context() as patch, pytest.raises(expected):
        patch.setattr(build_module, step, interrupt)
        refill_chroma(folder, previous / "chroma")
    assert current_build(folder) == previous
    assert best_passage(folder, embeddings) == ANSWER
    assert not list(folder.glob("partial-*"))
    refill_chroma(folder, previous / "chroma")
    assert is_current(open_content(folder)[0], small_documents, BUNDLED_MODEL)
    assert names(folder) == ["build", "current", "lock", "vectors.npz"]


def test_a_chroma_that_is_no_longer_in_use_is_not_filled_again(
    small_documents: list[Document], embeddings: Embeddings, folder: Path
) -> None:
    build = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    refill_chroma(folder, folder / "build-before" / "chroma")
    assert current_build(folder) == build


def test_chroma_is_not_filled_again_while_another_builds(
    small_documents: list[Document], embeddings: Embeddings, folder: Path
) -> None:
    build = build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    with FileLock(folder / "lock"), pytest.raises(IndexBusyError):
        refill_chroma(folder, build / "chroma")
    assert current_build(folder) == build


def test_a_second_build_at_the_same_time_is_refused(
    small_documents: list[Document], embeddings: Embeddings, folder: Path
) -> None:
    folder.mkdir()
    with FileLock(folder / "lock"), pytest.raises(IndexBusyError) as caught:
        build_index(small_documents, embeddings, BUNDLED_MODEL, folder)
    assert str(caught.value) == (
        "Een ander proces bouwt op dit moment de index. Wacht tot het klaar is en probeer het dan opnieuw."
    )
    assert current_build(folder) is None
    assert build_index(small_documents, embeddings, BUNDLED_MODEL, folder)


def test_a_folder_that_cannot_be_made_is_named(
    small_documents: list[Document], embeddings: Embeddings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(IndexWriteError) as caught:
        build_index(small_documents, embeddings, BUNDLED_MODEL, tmp_path / "file" / "index")
    assert str(caught.value) == (
        f"De index kan niet worden geschreven in {tmp_path / 'file' / 'index'}: Not a directory."
    )


@pytest.mark.parametrize(
    "pointer",
    [
        pytest.param(None, id="no pointer"),
        pytest.param(b"", id="an empty pointer"),
        pytest.param(b"build-gone", id="a build that is gone"),
        pytest.param(b"\xff\xfe", id="no text"),
    ],
)
def test_a_missing_index_is_said_with_the_command_that_builds_it(pointer: bytes | None, folder: Path) -> None:
    folder.mkdir()
    if pointer is not None:
        (folder / "current").write_bytes(pointer)
    assert current_build(folder) is None
    with pytest.raises(IndexMissingError) as caught:
        open_content(folder)
    assert str(caught.value) == f"Er is nog geen index in {folder}. Bouw die met: inkoopwijzer index build"


def test_the_version_of_the_input_changes_with_the_policies_and_the_model(
    small_documents: list[Document], other_documents: list[Document]
) -> None:
    versions = {
        input_version(small_documents, BUNDLED_MODEL),
        input_version(small_documents, BUNDLED_MODEL),
        input_version(other_documents, BUNDLED_MODEL),
        input_version(small_documents, "another-model"),
    }
    assert len(versions) == 3
    assert {len(version) for version in versions} == {12}


def test_the_same_input_gives_the_same_content(
    small_documents: list[Document], embeddings: Embeddings, tmp_path: Path
) -> None:
    one, two = (
        make_content(small_documents, BUNDLED_MODEL, VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "kept.npz"))
        for _ in range(2)
    )
    assert (one.meta, one.chunks) == (two.meta, two.chunks)
    assert np.array_equal(one.vectors, two.vectors)
