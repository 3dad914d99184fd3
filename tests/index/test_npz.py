from pathlib import Path

import numpy as np
import pytest

from index.npz import read_arrays, write_arrays


def test_arrays_come_back_as_they_went_in(tmp_path: Path) -> None:
    path = tmp_path / "new" / "arrays.npz"
    write_arrays(path, one=np.arange(3), text=np.array("é"))
    found = read_arrays(path)
    assert found["one"].tolist() == [0, 1, 2]
    assert str(found["text"]) == "é"
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "arrays.npz"
    write_arrays(path, one=np.arange(3))

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.npz.np.savez", fail)
    with pytest.raises(OSError, match="No space left"):
        write_arrays(path, one=np.arange(9))
    assert read_arrays(path)["one"].tolist() == [0, 1, 2]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"noise", b"PK\x03\x04"], ids=["empty", "noise", "the beginning of a zip"])
def test_a_damaged_file_counts_as_empty(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    path.write_bytes(content)
    assert read_arrays(path) == {}


def test_a_file_that_is_not_there_counts_as_empty(tmp_path: Path) -> None:
    assert read_arrays(tmp_path / "none.npz") == {}
