"""Resizing, compared with PyTorch's and with averages that a person can check."""

import numpy as np
import pytest
import torch

from course_utils.data.resizing import interpolation_matrix, resize


@pytest.mark.parametrize("n", [1, 2, 5, 8, 31])
@pytest.mark.parametrize("m", [1, 2, 3, 8, 28, 32])
def test_every_row_is_an_average(n: int, m: int) -> None:
    matrix = interpolation_matrix(n, m)
    assert matrix.shape == (m, n)
    assert (matrix >= 0).all()
    np.testing.assert_allclose(matrix.sum(axis=1), 1.0, rtol=0, atol=1e-15)
    # The same picture seen in a mirror: no drift by half a pixel.
    np.testing.assert_allclose(matrix, matrix[::-1, ::-1], rtol=0, atol=1e-14)


def test_halving_by_hand() -> None:
    # Centre 1/2, triangle of half-width 2: weights 1 - 1/4, 1 - 1/4, 1 - 3/4 over their sum.
    expected = [np.array([3, 3, 1, 0]) / 7, np.array([0, 1, 3, 3]) / 7]
    np.testing.assert_allclose(interpolation_matrix(4, 2), expected, rtol=0, atol=1e-15)


def test_enlarging_by_hand() -> None:
    # Two pixels become four: the outer two have no neighbour beyond, the inner two lie at 1/4.
    expected = [[1, 0], [3 / 4, 1 / 4], [1 / 4, 3 / 4], [0, 1]]
    np.testing.assert_array_equal(interpolation_matrix(2, 4), expected)
    np.testing.assert_array_equal(resize(np.array([[0.0, 1.0]]), (1, 4)), [[0, 0.25, 0.75, 1]])


@pytest.mark.parametrize("before", [(8, 8), (5, 9), (17, 4), (1, 3)])
@pytest.mark.parametrize("after", [(8, 8), (28, 28), (3, 5), (2, 11), (1, 1)])
def test_equals_pytorch(before: tuple[int, int], after: tuple[int, int]) -> None:
    x = np.random.default_rng(3).normal(size=(2, 3, *before))
    theirs = torch.nn.functional.interpolate(
        torch.from_numpy(x), after, mode="bilinear", align_corners=False, antialias=True
    )
    np.testing.assert_allclose(resize(x, after), theirs.numpy(), rtol=0, atol=1e-12)


def test_one_number_is_a_square_and_dtype_is_kept() -> None:
    x = np.ones((4, 6), dtype=np.float32)
    assert resize(x, 3).shape == (3, 3)
    assert resize(x, 3).dtype == np.float32


@pytest.mark.parametrize(
    ("shape", "size", "words"),
    [((4,), 2, "shape"), ((0, 4), 2, "shape"), ((4, 4), 0, "size"), ((4, 4), (2, -1), "size")],
)
def test_refusals(shape: tuple[int, ...], size: int | tuple[int, int], words: str) -> None:
    with pytest.raises(ValueError, match=f"resize: .*{words}"):
        resize(np.zeros(shape), size)


def test_matrix_refuses_zero() -> None:
    with pytest.raises(ValueError, match="interpolation_matrix: n=0"):
        interpolation_matrix(0, 3)
