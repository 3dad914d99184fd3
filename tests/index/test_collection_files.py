import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.collection_files import check_sums, holds_keys
from index.errors import IndexCorruptError
from index.store import ChromaStore, KeyRecord, write_collection

KEYS = 1200
"""Chroma writes vectors to files of their own from a thousand on."""
POLICY = frozenset({"2030-ggz"})
VECTOR_FILES = ["data_level0.bin", "header.bin", "index_metadata.pickle", "length.bin", "link_lists.bin"]
Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "chroma"
    vectors = np.random.default_rng(0).normal(size=(KEYS, 8)).tolist()
    records = [KeyRecord(row, "2030-ggz", "ggz", 2030, False) for row in range(KEYS)]
    write_collection(folder, "e5-small", records, vectors)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    shutil.copytree(written, tmp_path / "chroma")
    return tmp_path / "chroma"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(b"\x00" * path.stat().st_size)


def test_a_collection_stays_whole_when_it_is_searched(folder: Path) -> None:
    for _ in range(2):
        check_sums(folder)
        assert holds_keys(folder, KEYS)
        store = ChromaStore(folder, "e5-small", KEYS)
        assert len(store.nearest([1.0] * 8, 5, POLICY, questions=False)) == 5


def test_a_small_collection_whose_vectors_are_in_the_database_stays_whole(tmp_path: Path) -> None:
    write_collection(tmp_path, "e5-small", [KeyRecord(0, "2030-ggz", "ggz", 2030, False)], [[1.0, 0.0]])
    for _ in range(2):
        check_sums(tmp_path)
        assert ChromaStore(tmp_path, "e5-small", 1).nearest([1.0, 0.0], 1, POLICY, questions=False)


@pytest.mark.parametrize("name", VECTOR_FILES)
@pytest.mark.parametrize("damage", [Path.unlink, cut, overwrite], ids=["missing", "half", "overwritten"])
def test_a_damaged_file_of_vectors_is_refused_before_the_engine_reads_it(
    name: str, damage: Damage, folder: Path
) -> None:
    damage(next(folder.glob(f"*/{name}")))
    with pytest.raises(IndexCorruptError, match=r"ontbreekt of is beschadigd\.$"):
        check_sums(folder)
    with pytest.raises(IndexCorruptError, match=r"^Chroma kan de index in .* niet openen: "):
        ChromaStore(folder, "e5-small", KEYS)


@pytest.mark.parametrize("damage", [Path.unlink, cut, overwrite], ids=["missing", "half", "overwritten"])
def test_a_collection_without_readable_sums_is_refused(damage: Damage, folder: Path) -> None:
    damage(folder / "sums.json")
    with pytest.raises(IndexCorruptError, match=r"^sums\.json ontbreekt of is niet te lezen\.$"):
        check_sums(folder)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(Path.unlink, id="missing"),
        pytest.param(cut, id="half"),
        pytest.param(overwrite, id="overwritten"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
    ],
)
def test_a_damaged_database_holds_no_keys_and_is_not_made(damage: Damage, folder: Path) -> None:
    database = folder / "chroma.sqlite3"
    damage(database)
    found = database.read_bytes() if database.exists() else None
    assert not holds_keys(folder, KEYS)
    assert (database.read_bytes() if database.exists() else None) == found


def test_another_number_of_keys_is_noticed(folder: Path) -> None:
    assert not holds_keys(folder, KEYS + 1)


def test_keys_are_counted_in_a_folder_with_any_name(folder: Path) -> None:
    odd = folder.rename(folder.with_name("map met #, ? en é"))
    assert holds_keys(odd, KEYS)
