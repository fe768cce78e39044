"""The transposed convolutions: by hand, as adjoints, and over random options against PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import (
    conv2d,
    conv_transpose1d,
    conv_transpose1d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
)
from tests.ops.agreement import agree_with_pytorch
from tests.ops.strategies import Convolution, transposed_convolutions

RNG = np.random.default_rng(7)


def test_signal_by_hand() -> None:
    # each sample lays down the kernel, two places apart; at the end output_padding adds a zero
    y = conv_transpose1d([[1.0, 2.0]], [[[1.0, 10.0, 100.0]]], [0.5], stride=2, output_padding=1)
    np.testing.assert_array_equal(y, [[1 + 0.5, 10 + 0.5, 100 + 2 + 0.5, 20 + 0.5, 200 + 0.5, 0.5]])


def test_is_the_adjoint_of_conv2d() -> None:
    x, w = RNG.normal(size=(2, 4, 9, 8)), RNG.normal(size=(6, 2, 3, 3))
    options: dict[str, Any] = {"stride": 2, "padding": 1, "groups": 2}
    y = RNG.normal(size=conv2d(x, w, **options).shape)
    there = np.vdot(conv2d(x, w, **options), y)
    back = np.vdot(x, conv_transpose2d(y, w, output_padding=(0, 1), **options))
    np.testing.assert_allclose(there, back, rtol=1e-12)


@settings(max_examples=100, deadline=None)
@given(transposed_convolutions(axes=1))
def test_conv_transpose1d_against_pytorch(case: Convolution) -> None:
    agree_with_pytorch(
        conv_transpose1d, conv_transpose1d_backward, F.conv_transpose1d, case[:3], case[3]
    )


@settings(max_examples=250, deadline=None)
@given(transposed_convolutions(axes=2))
def test_conv_transpose2d_against_pytorch(case: Convolution) -> None:
    agree_with_pytorch(
        conv_transpose2d, conv_transpose2d_backward, F.conv_transpose2d, case[:3], case[3]
    )
