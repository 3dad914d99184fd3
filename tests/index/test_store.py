import os
import shutil
from pathlib import Path

import pytest
from langchain_chroma import Chroma

from index.errors import EmbeddingError, IndexCorruptError, IndexWriteError
from index.store import ChromaStore, KeyRecord, is_whole, write_collection

BOTH = frozenset({"2030-ggz", "2029-mondzorg"})
RECORDS = [
    KeyRecord(0, "2030-ggz", "ggz", 2030, False),
    KeyRecord(1, "2029-mondzorg", "mondzorg", 2029, False),
    KeyRecord(2, "2030-ggz", "ggz", 2030, True),
    KeyRecord(3, "2029-mondzorg", "mondzorg", 2029, True),
]
VECTORS = [[1.0, 0.0, 0.0], [0.8, 0.6, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_collection(tmp_path / "chroma", "e5-small", RECORDS, VECTORS)
    return tmp_path / "chroma"


@pytest.mark.parametrize(
    ("policies", "questions", "expected"),
    [
        pytest.param(BOTH, False, [(0, 1.0), (1, 0.8)], id="passages of both policies"),
        pytest.param(frozenset({"2029-mondzorg"}), False, [(1, 0.8)], id="passages of one policy"),
        pytest.param(BOTH, True, [(2, 0.0), (3, 0.0)], id="questions of both policies"),
        pytest.param(frozenset({"2030-ggz"}), True, [(2, 0.0)], id="questions of one policy"),
        pytest.param(frozenset({"2027-ggz"}), False, [], id="a policy that is not there"),
    ],
)
def test_the_nearest_keys_of_the_asked_kind_and_policies_come_best_first(
    policies: frozenset[str], questions: bool, expected: list[tuple[int, float]], folder: Path
) -> None:
    store = ChromaStore(folder, "e5-small", 4)
    found = store.nearest([1.0, 0.0, 0.0], 4, policies, questions=questions)
    assert sorted((row, round(similarity, 3)) for row, similarity in found) == sorted(expected)
    assert [similarity for _, similarity in found] == sorted((near for _, near in found), reverse=True)


def test_no_more_keys_come_back_than_were_asked_for(folder: Path) -> None:
    found = ChromaStore(folder, "e5-small", 4).nearest([1.0, 0.0, 0.0], 1, BOTH, questions=False)
    assert [row for row, _ in found] == [0]


def test_the_collection_opens_as_a_vector_store_of_langchain(folder: Path) -> None:
    store = Chroma(collection_name="passages", persist_directory=str(folder), create_collection_if_not_exists=False)
    found = store.similarity_search_by_vector([0.0, 0.0, 1.0], k=1, filter={"sector": "mondzorg"})
    assert [(document.metadata["row"], document.metadata["contract_year"]) for document in found] == [(3, 2029)]


def test_an_index_of_another_model_is_refused(folder: Path) -> None:
    with pytest.raises(EmbeddingError) as caught:
        ChromaStore(folder, "another-model", 4)
    assert str(caught.value) == (
        "De index is gebouwd met embeddingmodel 'e5-small', gevraagd is 'another-model'. "
        "Bouw opnieuw met: inkoopwijzer index build"
    )


def test_an_index_that_lost_keys_is_refused(folder: Path) -> None:
    with pytest.raises(IndexCorruptError) as caught:
        ChromaStore(folder, "e5-small", 5)
    assert str(caught.value) == f"De index in {folder} telt 4 sleutels in plaats van 5."


def test_a_collection_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexCorruptError, match=r"^Chroma kan de index in .* niet openen"):
        ChromaStore(tmp_path / "chroma", "e5-small", 0)


def test_a_damaged_database_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "chroma.sqlite3").write_bytes(b"geen database " * 100)
    with pytest.raises(IndexCorruptError, match=r"^Chroma kan de index in .* niet openen"):
        ChromaStore(copy, "e5-small", 4)


def test_a_collection_is_whole_and_chroma_is_not_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.ChromaStore", None)
    assert is_whole(folder, "e5-small", 4)


@pytest.mark.parametrize(
    ("model", "expected", "answer"),
    [
        pytest.param("e5-small", 4, True, id="whole"),
        pytest.param("e5-small", 5, False, id="a key is lost"),
        pytest.param("another-model", 4, False, id="of another model"),
    ],
)
def test_chroma_decides_where_the_files_do_not_tell(
    model: str, expected: int, answer: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.holds_keys", lambda *_: False)
    assert is_whole(folder, model, expected) is answer


def test_a_collection_whose_files_are_damaged_is_not_whole(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"geen database " * 100)
    assert not is_whole(folder, "e5-small", 4)
    shutil.rmtree(folder)
    assert not is_whole(folder, "e5-small", 4)
    assert not folder.exists()


def test_a_vector_of_another_length_cannot_be_searched(folder: Path) -> None:
    with pytest.raises(IndexCorruptError, match=r"^Chroma kan niet zoeken: "):
        ChromaStore(folder, "e5-small", 4).nearest([1.0], 1, BOTH, questions=False)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("hier staat al een bestand", encoding="utf-8")
    with pytest.raises(IndexWriteError) as caught:
        write_collection(tmp_path / "chroma", "e5-small", RECORDS, VECTORS)
    assert str(caught.value).startswith(f"Chroma kan de index in {tmp_path / 'chroma'} niet schrijven: ")


def test_chroma_sends_nothing_home() -> None:
    assert os.environ["ANONYMIZED_TELEMETRY"] == "False"
