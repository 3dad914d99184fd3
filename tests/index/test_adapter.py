from pathlib import Path

import numpy as np
import pytest

from index.adapter import adapt, learned_adapter, write_adapter
from index.embeddings import BUNDLED_MODEL

SWAP = np.array([[0.0, 2.0], [1.0, 0.0]], np.float32)


def test_a_vector_is_mapped_and_has_length_1() -> None:
    assert adapt(SWAP, np.array([0.6, 0.8], np.float32)) == pytest.approx([0.936, 0.351], abs=1e-3)


def test_without_a_map_a_vector_stays_what_it_is() -> None:
    assert adapt(None, np.array([0.6, 0.8], np.float32)).tolist() == np.array([0.6, 0.8], np.float32).tolist()


def test_a_map_comes_back_as_it_was_written_for_the_bundled_model_only(tmp_path: Path) -> None:
    write_adapter(SWAP, tmp_path / "map.npz")
    read = learned_adapter(BUNDLED_MODEL, tmp_path / "map.npz")
    assert read is not None
    assert read.tolist() == SWAP.tolist()
    assert learned_adapter("another", tmp_path / "map.npz") is None
    assert learned_adapter(BUNDLED_MODEL, tmp_path / "none.npz") is None


def test_the_map_that_ships_stays_near_the_identity() -> None:
    matrix = learned_adapter(BUNDLED_MODEL)
    assert matrix is not None, "make adapter"
    assert matrix.shape == (384, 384)
    assert 0 < np.abs(matrix - np.eye(384)).max() < 0.5
