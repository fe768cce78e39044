"""max_unpool2d: by hand, as the way back from max_pool2d, and against PyTorch."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import gradcheck, max_pool2d, max_unpool2d, max_unpool2d_backward
from tests.ops.agreement import gradients

RNG = np.random.default_rng(14)


def test_by_hand() -> None:
    y = max_unpool2d([[[5.0, 8.0]]], [[[1, 6]]], 2)
    np.testing.assert_array_equal(y, [[[0, 5, 0, 0], [0, 0, 8, 0]]])


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "output_size"),
    [
        (2, None, 0, None),
        (2, None, 0, (9, 9)),
        (2, None, 0, (2, 3, 9, 8)),
        (3, 2, 1, None),
        ((2, 3), (1, 2), (0, 1), None),
        (2, None, 0, (10, 8)),
        (2, None, 0, (9,)),
    ],
)
def test_against_pytorch(kernel: Any, stride: Any, padding: Any, output_size: Any) -> None:
    x = RNG.normal(size=(2, 3, 9 if stride else 8, 8))
    pooled, indices = max_pool2d(x, kernel, stride, padding, return_indices=True)
    values = RNG.normal(size=pooled.shape)
    tensor = torch.tensor(values, requires_grad=True)
    try:
        theirs = F.max_unpool2d(tensor, torch.tensor(indices), kernel, stride, padding, output_size)
    except (ValueError, RuntimeError):
        with pytest.raises(ValueError, match=r"^max_unpool2d: "):
            max_unpool2d(values, indices, kernel, stride, padding, output_size)
        return
    y = max_unpool2d(values, indices, kernel, stride, padding, output_size)
    np.testing.assert_array_equal(y, theirs.detach().numpy())
    gy = RNG.normal(size=y.shape)
    gx, grad_indices = max_unpool2d_backward(
        gy, values, indices, kernel, stride, padding, output_size
    )
    assert grad_indices is None
    np.testing.assert_array_equal(gx, gradients(theirs, [tensor], gy)[0])


def test_of_maxima_that_share_a_place_the_last_one_stays_and_takes_the_gradient() -> None:
    indices = np.array([[[6, 1], [6, 6]], [[0, 0], [3, 0]]])
    x = np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
    y = max_unpool2d(x, indices, 2)
    expected = np.zeros((2, 4, 4))
    expected[0].flat[[1, 6]] = 2, 4
    expected[1].flat[[0, 3]] = 8, 7
    np.testing.assert_array_equal(y, expected)
    gy = np.arange(1.0, 33.0).reshape(2, 4, 4)
    gx, _ = max_unpool2d_backward(gy, x, indices, 2)
    np.testing.assert_array_equal(gx, [[[0, 2], [0, 7]], [[0, 0], [16 + 4, 16 + 1]]])
    gradcheck(max_unpool2d, max_unpool2d_backward, x, indices, 2)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("turn", ["as it is", "reversed", "columns first", "one for all"])
def test_the_last_one_is_the_last_of_any_view(turn: str, dtype: Any) -> None:
    indices, x = RNG.integers(0, 6, size=(2, 3, 3, 4)), RNG.normal(size=(2, 3, 3, 4)).astype(dtype)
    turned = {
        "as it is": (indices, x),
        "reversed": (indices[..., ::-1, ::-1], x[..., ::-1, ::-1]),
        "columns first": (np.asfortranarray(indices)[::-1], np.asfortranarray(x)),
        "one for all": (np.broadcast_to(indices[:1, :1], x.shape), x[..., ::-1]),
    }
    indices, x = turned[turn]
    y, expected = max_unpool2d(x, indices, 2), np.zeros((2, 3, 6, 8))
    winners = {}
    for place in np.ndindex(x.shape):
        expected[place[:2]].flat[indices[place]] = x[place]
        winners[(*place[:2], indices[place])] = place
    np.testing.assert_array_equal(y, expected)
    gy, gx = RNG.normal(size=y.shape).astype(dtype), np.zeros(x.shape)
    for (*plane, index), place in winners.items():
        gx[place] = gy[tuple(plane)].flat[index]
    ours, _ = max_unpool2d_backward(gy, x, indices, 2)
    assert ours.dtype == dtype
    np.testing.assert_array_equal(ours, gx)


@pytest.mark.parametrize("stride", [np.int64(2), np.array(2), (), [], None, (2, np.int8(2))])
def test_stride_may_be_a_whole_number_of_numpy_or_missing(stride: Any) -> None:
    np.testing.assert_array_equal(
        max_unpool2d([[[5.0, 8.0]]], [[[1, 6]]], 2, stride), [[[0, 5, 0, 0], [0, 0, 8, 0]]]
    )


def test_undoes_pooling_where_windows_do_not_overlap() -> None:
    x = RNG.normal(size=(3, 6, 4))
    y, indices = max_pool2d(x, 2, return_indices=True)
    back = max_unpool2d(y, indices, 2)
    np.testing.assert_array_equal(max_pool2d(np.where(back == 0, -np.inf, back), 2), y)


X = np.zeros((1, 2, 4, 4))
WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: max_unpool2d(X, np.full(X.shape, 64), 2),
     "max_unpool2d: indices hold 64, expected 0 to 63 for planes of 8 × 8"),
    (lambda: max_unpool2d(X, np.zeros((1, 2, 4, 3), int), 2),
     "max_unpool2d: indices is (1, 2, 4, 3), expected (1, 2, 4, 4) like x"),
    (lambda: max_unpool2d(X, np.zeros(X.shape, int), 2, output_size=(10, 8)),
     "max_unpool2d: output_size is (10, 8), expected less than one stride (2, 2) away from (8, 8)"),
    (lambda: max_unpool2d(X[0, 0], np.zeros((4, 4), int), 2),
     "max_unpool2d: x is (4, 4), expected (B, C, H, W) or (C, H, W)"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_indices_are_int64_as_in_pytorch() -> None:
    with pytest.raises(TypeError, match=r"max_unpool2d: indices is int32, expected int64"):
        max_unpool2d(X, np.zeros(X.shape, np.int32), 2)
