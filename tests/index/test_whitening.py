import numpy as np

from index.whitening import fit_whitening, unit

VECTORS = np.array([[1, 2, 0], [1, -2, 0], [-1, 2, 0], [-1, -2, 0]] * 2, dtype=np.float32)
OWNERS = np.array([0, 0, 1, 1] * 2, dtype=np.int32)


def test_what_only_tells_texts_of_one_owner_apart_counts_less() -> None:
    projected = fit_whitening(VECTORS, OWNERS).project(VECTORS)
    same_owner, other_owner = projected[0] @ projected[1], projected[0] @ projected[2]
    raw = unit(VECTORS)
    assert raw[0] @ raw[1] < raw[0] @ raw[2]
    assert same_owner > other_owner


def test_too_few_vectors_of_an_owner_are_left_as_they_are() -> None:
    whitening = fit_whitening(VECTORS[:3], OWNERS[:3])
    assert np.array_equal(whitening.matrix, np.eye(3, dtype=np.float32))


def test_projected_vectors_have_length_1() -> None:
    projected = fit_whitening(VECTORS, OWNERS).project(VECTORS)
    assert np.allclose(np.linalg.norm(projected, axis=1), 1, atol=1e-5)


def test_vectors_of_another_kind_get_their_own_mean() -> None:
    whitening = fit_whitening(VECTORS, OWNERS)
    shifted = VECTORS + 5
    own = whitening.project(shifted, shifted.mean(axis=0))
    assert np.allclose(own, whitening.project(VECTORS), atol=1e-5)


def test_rows_get_length_1_and_a_row_of_zeros_stays() -> None:
    assert np.allclose(unit(np.array([[3, 4], [0, 0]], dtype=np.float32)), [[0.6, 0.8], [0, 0]])
