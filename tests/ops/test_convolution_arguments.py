"""What the convolutions refuse, which PyTorch refuses too, and the words they do it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils import ops
from course_utils.ops import conv1d, conv2d, conv_transpose2d
from course_utils.ops.arrays import Array

Shape: TypeAlias = tuple[int, ...]
Refusal: TypeAlias = tuple[Shape, Shape, Shape | None, dict[str, Any], type[Exception], str]
"""Shapes of x, weight and bias, the options, and what is raised."""

CONVOLUTIONS: list[Refusal] = [
    ((16, 4, 28, 28), (8, 3, 5, 5), None, {}, ValueError,
     "weight (8, 3, 5, 5) expects 3 input channels (groups=1), but x (16, 4, 28, 28) has 4"),
    ((1, 4, 8, 8), (6, 3, 3, 3), None, {"groups": 2}, ValueError,
     "weight (6, 3, 3, 3) expects 6 input channels (groups=2), but x (1, 4, 8, 8) has 4"),
    ((1, 4, 8, 8), (3, 2, 3, 3), None, {"groups": 2}, ValueError,
     "weight (3, 2, 3, 3) has 3 filters, expected a positive multiple of groups 2"),
    ((1, 3, 8, 8), (0, 3, 3, 3), None, {}, ValueError, "weight (0, 3, 3, 3) has 0 filters"),
    ((1, 3, 8, 8), (4, 3, 3, 3), (3,), {}, ValueError,
     "weight (4, 3, 3, 3) expects a bias of shape (4,), but bias is (3,)"),
    ((1, 3, 8, 8), (4, 3, 3, 3), (4, 1), {}, ValueError, "but bias is (4, 1)"),
    ((8, 8), (4, 3, 3, 3), None, {}, ValueError,
     "x is (8, 8), expected (B, C, H, W) or (C, H, W)"),
    ((1, 3, 8, 8), (3, 3, 3), None, {}, ValueError,
     "weight is (3, 3, 3), expected (channels, channels / groups, kH, kW)"),
    ((1, 3, 8, 8), (4, 3, 0, 3), None, {}, ValueError,
     "weight is (4, 3, 0, 3), expected a kernel that is not empty"),
    ((1, 3, 4, 8), (4, 3, 3, 3), None, {"dilation": 2}, ValueError,
     "weight (4, 3, 3, 3) with dilation 2 spans (5, 5), "
     "which does not fit into x (1, 3, 4, 8) padded to (4, 8)"),
    ((1, 3, 0, 8), (4, 3, 3, 3), None, {"padding": 2}, ValueError,
     "x is (1, 3, 0, 8), expected at least one sample in each axis"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": 0}, ValueError,
     "stride is 0, expected at least 1"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": (1, 0)}, ValueError,
     "stride is (1, 0), expected at least 1 in each axis"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": (1, 1, 1)}, ValueError,
     "stride is (1, 1, 1), expected one whole number or 2 of them"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"padding": -1}, ValueError,
     "padding is -1, expected at least 0"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"padding": "full"}, ValueError,
     "padding is 'full', expected whole numbers, 'same' or 'valid'"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"padding": "same", "stride": 2}, ValueError,
     "padding 'same' needs stride 1, but stride is (2, 2)"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"dilation": 0}, ValueError,
     "dilation is 0, expected at least 1"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"groups": 0}, ValueError,
     "groups is 0, expected at least 1"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": 2.0}, TypeError,
     "stride is 2.0, expected a whole number"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": (1, 2.0)}, TypeError,
     "stride is (1, 2.0), expected a whole number in each axis"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"groups": True}, TypeError,
     "groups is True, expected a whole number"),
]  # fmt: skip
TRANSPOSED: list[Refusal] = [
    ((1, 3, 4, 4), (4, 2, 3, 3), None, {}, ValueError,
     "weight (4, 2, 3, 3) expects 4 input channels, but x"),
    ((1, 3, 4, 4), (3, 2, 3, 3), None, {"groups": 2}, ValueError,
     "has 3 input channels, expected a positive"),
    ((1, 3, 4, 4), (3, 0, 3, 3), None, {}, ValueError,
     "weight (3, 0, 3, 3) gives no output channels"),
    ((1, 4, 4, 4), (4, 3, 3, 3), (3,), {"groups": 2}, ValueError,
     "expects a bias of shape (6,), but bias"),
    ((1, 3, 4, 4), (3, 2, 3, 3), None, {"output_padding": 1}, ValueError,
     "output_padding is 1, expected less"),
    ((1, 3, 2, 2), (3, 2, 3, 3), None, {"padding": 3}, ValueError,
     "padding 3 leaves nothing"),
    ((1, 3, 0, 2), (3, 2, 3, 3), None, {}, ValueError,
     "x is (1, 3, 0, 2), expected at least one sample"),
]  # fmt: skip


def refused(
    operation: Callable[..., Array], reference: Callable[..., torch.Tensor], refusal: Refusal
) -> None:
    *shapes, options, kind, message = refusal
    arrays = [None if shape is None else np.ones(shape) for shape in shapes]
    with pytest.raises(kind) as raised:
        operation(*arrays, **options)
    assert message in str(raised.value)
    assert str(raised.value).startswith(operation.__name__ + ": ")
    with pytest.raises((RuntimeError, TypeError)):
        reference(*(None if a is None else torch.tensor(a) for a in arrays), **options)


@pytest.mark.parametrize("refusal", CONVOLUTIONS)
def test_refusals_of_convolutions(refusal: Refusal) -> None:
    refused(conv2d, F.conv2d, refusal)


@pytest.mark.parametrize("refusal", TRANSPOSED)
def test_refusals_of_transposed_convolutions(refusal: Refusal) -> None:
    refused(conv_transpose2d, F.conv_transpose2d, refusal)


def test_messages_of_conv1d_speak_of_one_axis() -> None:
    with pytest.raises(ValueError, match=r"conv1d: x is \(8,\), expected \(B, C, L\) or \(C, L\)"):
        conv1d(np.ones(8), np.ones((1, 1, 3)))
    with pytest.raises(ValueError, match=r"conv1d: weight is \(1, 3\), expected .* / groups, kL\)"):
        conv1d(np.ones((1, 8)), np.ones((1, 3)))


@pytest.mark.parametrize("axes", [1, 2])
@pytest.mark.parametrize("kinds", [(int, int, float), (bool, np.uint8, np.float32)])
@pytest.mark.parametrize("name", ["conv{}d", "conv_transpose{}d"])
def test_a_float_bias_on_integers_is_refused_as_by_pytorch(
    name: str, kinds: tuple[Any, ...], axes: int
) -> None:
    shapes: list[Shape] = [(1, 1, *(4, 4)[:axes]), (1, 1, *(2, 2)[:axes]), (1,)]
    arrays = [np.ones(shape, kind) for shape, kind in zip(shapes, kinds, strict=True)]
    name = name.format(axes)
    with pytest.raises(TypeError, match=rf"^{name}: x is .* and weight .* but bias is float"):
        getattr(ops, name)(*arrays)
    with pytest.raises(TypeError, match=rf"^{name}_backward: x is .* and weight .* but bias is"):
        getattr(ops, name + "_backward")(np.ones((1, 1, *(3, 3)[:axes])), *arrays)
    with pytest.raises(RuntimeError):
        getattr(F, name)(*(torch.tensor(a) for a in arrays))
    # integers beside a float count as floats, and integers alone too
    assert getattr(ops, name)(arrays[0], arrays[1].astype(float), np.ones(1)).dtype == np.float64
    assert getattr(ops, name)(arrays[0], arrays[1], np.ones(1, int)).dtype == np.float64


def test_transposed_padding_is_numbers_only() -> None:
    padding: Any = "same"
    with pytest.raises(TypeError, match=r"conv_transpose2d: padding is 'same', expected a whole"):
        conv_transpose2d(np.ones((1, 1, 4, 4)), np.ones((1, 1, 3, 3)), padding=padding)
