import logging
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from assistant import search as search_module
from assistant.flow import Assistant
from assistant.search import LazySearch
from index.build import current_build, input_version
from index.documents import Document
from index.embeddings import BUNDLED_MODEL
from index.errors import IndexBusyError, IndexWriteError
from index.search import PassageSearch

QUESTION = "Sluit Caresq zorgovereenkomsten met terugwerkende kracht?"
GGZ = frozenset({"2026-ggz"})


def refuse(error: Exception) -> object:
    def build(*_: object) -> None:
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


def test_the_index_is_opened_once(assistant: Assistant) -> None:
    first = assistant.search.open()
    assert isinstance(first, PassageSearch)
    assert assistant.search.open() is first


def test_the_version_is_that_of_the_input(assistant: Assistant, home: Path, documents: list[Document]) -> None:
    build = current_build(home / "index")
    assert build is not None
    assert assistant.search.version == input_version(documents, BUNDLED_MODEL)
    assert build.name.startswith(f"build-{assistant.search.version}-")
