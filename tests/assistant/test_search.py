import errno
import logging
import shutil
import threading
from pathlib import Path

import pytest
from filelock import FileLock
from langchain_core.embeddings import Embeddings

from assistant import search as search_module
from assistant.flow import Assistant
from assistant.search import LazySearch
from index.build import current_build, input_version, is_current
from index.documents import Document
from index.embeddings import BUNDLED_MODEL
from index.errors import IndexBusyError, IndexCorruptError, IndexWriteError
from index.search import PassageSearch

QUESTION = "Sluit Caresq zorgovereenkomsten met terugwerkende kracht?"
GGZ = frozenset({"2026-ggz"})


def refuse(error: Exception) -> object:
    def build(*_: object, **__: object) -> None:
        raise error

    return build


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(IndexWriteError("De map is alleen-lezen."), id="a read-only folder"),
        pytest.param(IndexBusyError("Een ander proces bouwt."), id="another process builds"),
    ],
)
def test_an_index_that_cannot_be_built_is_made_in_memory_and_gives_the_same_answers(
    error: Exception,
    assistant: Assistant,
    documents: list[Document],
    embeddings: Embeddings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(search_module, "build_index", refuse(error))
    search = LazySearch(documents, embeddings, BUNDLED_MODEL, tmp_path / "index")
    with caplog.at_level(logging.WARNING, logger="assistant.search"):
        search.ensure()
        found = search.find(QUESTION, GGZ)
    assert caplog.messages[0] == f"{error} Er wordt in het geheugen gezocht."
    assert [passage.chunk.id for passage in found] == [
        passage.chunk.id for passage in assistant.search.find(QUESTION, GGZ)
    ]
    assert not (tmp_path / "index").exists()


def test_an_index_that_fits_is_not_built(
    assistant: Assistant, home: Path, documents: list[Document], embeddings: Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "build_index", refuse(AssertionError("built")))
    search = LazySearch(documents, embeddings, BUNDLED_MODEL, home / "index")
    search.ensure()
    assert search.find(QUESTION, GGZ)


class OnlyTheQuestion:
    """The bundled model, for what is asked and nothing else."""

    def __init__(self, real: Embeddings) -> None:
        self.real = real

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError(texts)

    def embed_query(self, text: str) -> list[float]:
        assert text == QUESTION
        return self.real.embed_query(text)


@pytest.fixture
def damaged(home: Path, assistant: Assistant, tmp_path: Path) -> Path:
    """Return an index of its own whose Chroma is gone."""
    folder = tmp_path / "index"
    shutil.copytree(home / "index", folder)
    shutil.rmtree(build_of(folder) / "chroma")
    return folder


def build_of(folder: Path) -> Path:
    build = current_build(folder)
    assert build is not None
    return build


def wait_for_refill() -> None:
    for thread in threading.enumerate():
        if thread.name == "refill-chroma":
            thread.join(60)
            assert not thread.is_alive()


def test_a_damaged_chroma_is_searched_around_and_filled_again_for_the_next_start(
    damaged: Path,
    assistant: Assistant,
    documents: list[Document],
    embeddings: Embeddings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before, may_go_on = build_of(damaged), threading.Event()
    refill = search_module.refill_chroma
    monkeypatch.setattr(search_module, "refill_chroma", lambda *parts: may_go_on.wait(60) and refill(*parts))
    search = LazySearch(documents, OnlyTheQuestion(embeddings), BUNDLED_MODEL, damaged)
    with caplog.at_level(logging.WARNING):
        found = [search.find(QUESTION, GGZ) for _ in range(2)]
    expected = [passage.chunk.id for passage in assistant.search.find(QUESTION, GGZ)]
    assert [[passage.chunk.id for passage in passages] for passages in found] == [expected, expected]
    assert caplog.messages == ["Chroma cannot open the index; the plain vectors are searched"]
    assert build_of(damaged) == before
    may_go_on.set()
    wait_for_refill()
    assert build_of(damaged) != before
    assert is_current(build_of(damaged), documents, BUNDLED_MODEL)
    assert [passage.chunk.id for passage in search.find(QUESTION, GGZ)] == expected
    following = LazySearch(documents, OnlyTheQuestion(embeddings), BUNDLED_MODEL, damaged)
    assert [passage.chunk.id for passage in following.find(QUESTION, GGZ)] == expected
    assert following.open().failed_chroma is None


@pytest.mark.parametrize(
    ("step", "error"),
    [
        pytest.param("FileLock", OSError(errno.EROFS, "Read-only file system"), id="a read-only folder"),
        pytest.param("write_collection", IndexWriteError("Chroma kan de index niet schrijven."), id="Chroma fails"),
        pytest.param("_check", IndexCorruptError("De nieuwe index klopt niet."), id="the check fails"),
    ],
)
def test_a_refill_that_fails_is_only_logged(
    step: str,
    error: Exception,
    damaged: Path,
    documents: list[Document],
    embeddings: Embeddings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = build_of(damaged)
    monkeypatch.setattr(f"index.build.{step}", refuse(error))
    search = LazySearch(documents, OnlyTheQuestion(embeddings), BUNDLED_MODEL, damaged)
    with caplog.at_level(logging.WARNING):
        assert search.find(QUESTION, GGZ)
        wait_for_refill()
        assert search.find(QUESTION, GGZ)
    wait_for_refill()
    assert caplog.messages == [
        "Chroma cannot open the index; the plain vectors are searched",
        "Chroma cannot be filled again; the plain vectors stay in use",
    ]
    assert build_of(damaged) == before


def test_a_refill_is_left_to_whoever_builds(
    damaged: Path, documents: list[Document], embeddings: Embeddings, caplog: pytest.LogCaptureFixture
) -> None:
    before = build_of(damaged)
    search = LazySearch(documents, OnlyTheQuestion(embeddings), BUNDLED_MODEL, damaged)
    with caplog.at_level(logging.WARNING), FileLock(damaged / "lock"):
        assert search.find(QUESTION, GGZ)
        wait_for_refill()
    assert caplog.messages == ["Chroma cannot open the index; the plain vectors are searched"]
    assert build_of(damaged) == before


def test_ensuring_the_index_does_not_look_at_chroma(
    damaged: Path, documents: list[Document], embeddings: Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "build_index", refuse(AssertionError("built")))
    monkeypatch.setattr("index.store.check_sums", refuse(AssertionError("looked at")))
    LazySearch(documents, embeddings, BUNDLED_MODEL, damaged).ensure()


def test_the_index_is_opened_once(assistant: Assistant) -> None:
    first = assistant.search.open()
    assert isinstance(first, PassageSearch)
    assert assistant.search.open() is first


def test_the_version_is_that_of_the_input(assistant: Assistant, home: Path, documents: list[Document]) -> None:
    build = current_build(home / "index")
    assert build is not None
    assert assistant.search.version == input_version(documents, BUNDLED_MODEL)
    assert build.name.startswith(f"build-{assistant.search.version}-")
