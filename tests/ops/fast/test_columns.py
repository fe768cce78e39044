"""Columns a block at a time are the convolution of the loops."""

import numpy as np
import pytest
from hypothesis import given, settings

from course_utils.ops.algorithms import im2col
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast import columns, sharing
from tests.ops.algorithms.problems import arrays, check_against_loops, problems


@settings(max_examples=40, deadline=None)
@given(p=problems())
def test_it_is_the_loops(p: Problem) -> None:
    check_against_loops(columns, p)


@settings(max_examples=20, deadline=None)
@given(p=problems())
def test_in_small_blocks_too(p: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "NEAR", 200)
        check_against_loops(columns, p)


@pytest.mark.parametrize(
    "p",
    [
        Problem(1, 3, 180, 220, 4, 5, 5, stride=(2, 2)),  # a block of rows at a time
        Problem(3, 8, 20, 30, 16, 1, 1),  # an image is its own columns
        Problem(3, 8, 20, 30, 16, 1, 1, stride=(2, 1)),
        Problem(60, 16, 12, 12, 32, 3, 3, stride=(2, 2), padding=((1, 1), (1, 1))),
    ],
    ids=str,
)
def test_large_and_small_images(p: Problem) -> None:
    x, w, gy = arrays(p)
    for ours, plain in (
        (columns.forward(x, w, p), im2col.forward(x, w, p)),
        (columns.grad_x(gy, w, p), im2col.grad_x(gy, w, p)),
        (columns.grad_weight(gy, x, p), im2col.grad_weight(gy, x, p)),
    ):
        np.testing.assert_allclose(ours, plain, rtol=0, atol=1e-9)


def test_columns_of_views() -> None:
    p = Problem(2, 4, 6, 7, 3, 1, 1)
    x = np.random.default_rng(0).normal(size=(2, 8, 14, 6))[:, ::2, ::2].transpose(0, 1, 3, 2)
    w = np.random.default_rng(1).normal(size=p.weight_shape)
    np.testing.assert_allclose(columns.forward(x, w, p), im2col.forward(x, w, p), atol=1e-12)
