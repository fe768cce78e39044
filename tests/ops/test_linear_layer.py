"""linear against PyTorch: every shape that it takes, and those that it refuses."""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

import numpy as np
import pytest
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import linear, linear_backward
from tests.ops.agreement import agree_with_pytorch

RNG = np.random.default_rng(13)


def test_by_hand() -> None:
    y = linear([[1.0, 2.0]], [[3.0, 4.0], [5.0, 6.0]], [0.5, 0.25])
    np.testing.assert_array_equal(y, [[3 + 8 + 0.5, 5 + 12 + 0.25]])
    gx, gw, gb = linear_backward([[1.0, 10.0]], [[1.0, 2.0]], [[3.0, 4.0], [5.0, 6.0]], [0.0, 0.0])
    assert gb is not None
    np.testing.assert_array_equal(gx, [[3 + 50, 4 + 60]])
    np.testing.assert_array_equal(gw, [[1, 2], [10, 20]])
    np.testing.assert_array_equal(gb, [1, 10])


Shape: TypeAlias = tuple[int, ...]

X: list[Shape] = [(3,), (2, 3), (5, 2, 3), (0, 3), (2, 4), (), (2, 0)]
WEIGHT: list[Shape] = [(4, 3), (3,), (1, 3), (0, 3), (2, 3, 3), (4, 0)]
BIAS: list[Shape | None] = [None, (4,), (1,), (), (2, 4), (3,), (5, 2, 4)]
# one number for each row of x, and what else has a single axis longer than 1
BIAS += [(2, 1), (10, 1), (5, 1, 1), (1, 4), (1, 1, 4), (1, 1), (1, 1, 1), (0, 1), (5, 2, 1)]


@pytest.mark.parametrize(("x", "weight", "bias"), list(product(X, WEIGHT, BIAS)))
def test_every_shape_against_pytorch(x: Shape, weight: Shape, bias: Shape | None) -> None:
    arrays = [None if shape is None else RNG.normal(size=shape) for shape in (x, weight, bias)]
    agree_with_pytorch(linear, linear_backward, F.linear, arrays, {})


def test_dtype_is_kept() -> None:
    x, w, b = (RNG.normal(size=s).astype(np.float32) for s in [(2, 3), (4, 3), (4,)])
    assert linear(x, w, b).dtype == np.float32
    for gradient in linear_backward(linear(x, w), x, w, b):
        assert gradient is not None
        assert gradient.dtype == np.float32
    with pytest.raises(TypeError, match=r"linear: x is float32 but bias is float64"):
        linear(x, w, np.zeros(4))


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(
        ValueError, match=r"linear: weight \(4, 3\) expects 3 features, but x \(2, 5\) has 5"
    ):
        linear(np.ones((2, 5)), np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"expects a bias of shape \(4,\), but bias is \(5,\)"):
        linear(np.ones((2, 3)), np.ones((4, 3)), np.ones(5))
