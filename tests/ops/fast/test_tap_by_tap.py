"""Convolution tap by tap: the loops' numbers, and infinities spread no further than by them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.ops import conv2d, conv2d_backward, conv_transpose2d, conv_transpose2d_backward
from course_utils.ops.algorithms import naive
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast import tap_by_tap

RNG = np.random.default_rng(37)
PROBLEMS = [
    Problem(B=2, C=4, H=7, W=6, K=6, kH=3, kW=2, padding=((1, 2), (0, 1)), groups=2),
    Problem(B=1, C=2, H=8, W=9, K=3, kH=2, kW=3, stride=(3, 2), padding=((2, 2), (1, 1))),
    Problem(B=2, C=3, H=9, W=8, K=2, kH=3, kW=3, padding=((2, 2), (3, 3)), dilation=(2, 3)),
    Problem(B=1, C=3, H=6, W=6, K=2, kH=1, kW=1, padding=((1, 1), (1, 1))),
    Problem(B=1, C=1, H=6, W=7, K=2, kH=3, kW=3, padding=((-1, 2), (1, -2))),
]


@pytest.mark.parametrize("p", PROBLEMS, ids=range(len(PROBLEMS)))
def test_all_parts_against_the_loops(p: Problem) -> None:
    x, w, gy = (RNG.normal(size=s) for s in (p.x_shape, p.weight_shape, p.output_shape))
    for part, args in (("forward", (x, w)), ("grad_x", (gy, w)), ("grad_weight", (gy, x))):
        ours, theirs = (getattr(module, part)(*args, p) for module in (tap_by_tap, naive))
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


OPTIONS: list[dict[str, Any]] = [
    {}, {"padding": 1}, {"padding": 1, "stride": 2}, {"padding": (0, 2)},
]  # fmt: skip


@pytest.mark.parametrize("spoilt", [0, 1, 2])
@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("options", OPTIONS, ids=range(len(OPTIONS)))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("channels", [2, 8])  # from 8 on float32 has its own ways
@pytest.mark.filterwarnings("error")
def test_a_spoilt_number_spreads_no_further_than_by_the_loops(
    spoilt: int, value: float, options: dict[str, Any], dtype: Any, channels: int
) -> None:
    for f, f_backward in (
        (conv2d, conv2d_backward),
        (conv_transpose2d, conv_transpose2d_backward),
    ):
        x = RNG.normal(size=(1, channels, 5, 6)).astype(dtype)
        w = RNG.normal(size=(channels, channels, 3, 3)).astype(dtype)
        y = f(x, w, **options)
        gy = RNG.normal(size=y.shape).astype(dtype)
        (x, w, gy)[spoilt][0, 1, 0, 2] = value
        ours = (f(x, w, **options), *f_backward(gy, x, w, **options)[:2])
        loops = (
            f(x, w, **options, algorithm="naive"),
            *f_backward(gy, x, w, **options, algorithm="naive")[:2],
        )
        for found, expected in zip(ours, loops, strict=True):
            # inf, -inf and NaN each in the same places
            np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4)
