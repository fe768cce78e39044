"""What a convolution accepts: channels, groups, kernels and biases are checked as PyTorch does."""

from __future__ import annotations

from dataclasses import replace

import numpy.typing as npt

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array, check_bias_of_integers, check_same_dtype, float_array
from course_utils.ops.options import Ints, integer, integers
from course_utils.ops.padding import Padding, read_padding


def read_convolution(
    operation: str,
    axes: int,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None,
    stride: Ints,
    padding: Padding,
    dilation: Ints,
    groups: int,
) -> tuple[Array, Array, Array | None, Problem]:
    """Check the arguments of conv1d or conv2d and give them two axes and a batch.

    x becomes (B, C, H, W), with H = 1 for a signal, and weight (K, C / groups, kH, kW).
    """
    x, weight, bias = _read_arrays(operation, axes, x, weight, bias)
    strides = integers(operation, "stride", stride, axes, 1)
    dilations = integers(operation, "dilation", dilation, axes, 1)
    g = integer(operation, "groups", groups, 1)
    K, per_group, *kernel = weight.shape
    if per_group * g != x.shape[-axes - 1]:
        raise ValueError(
            f"{operation}: weight {weight.shape} expects {per_group * g} input channels "
            f"(groups={g}), but x {x.shape} has {x.shape[-axes - 1]}"
        )
    if K == 0 or K % g:
        raise ValueError(
            f"{operation}: weight {weight.shape} has {K} filters, "
            f"expected a positive multiple of groups {g}"
        )
    _check_bias(operation, bias, K, f"weight {weight.shape}")
    sides = read_padding(operation, axes, padding, strides, dilations, kernel)
    for n, f, d, (before, after) in zip(x.shape[-axes:], kernel, dilations, sides, strict=True):
        if d * (f - 1) + 1 > n + before + after:
            spans = tuple(d * (f - 1) + 1 for f, d in zip(kernel, dilations, strict=True))
            padded = tuple(n + sum(s) for n, s in zip(x.shape[-axes:], sides, strict=True))
            raise ValueError(
                f"{operation}: weight {weight.shape} with dilation {dilation} spans {spans}, which "
                f"does not fit into x {x.shape} padded to {padded}"
            )
    problem = _problem(axes, x, (K, *kernel), strides, sides, dilations, g)
    _check_not_empty(operation, x, axes, problem)
    return x.reshape(problem.x_shape), weight.reshape(problem.weight_shape), bias, problem


def read_transposed_convolution(
    operation: str,
    axes: int,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None,
    stride: Ints,
    padding: Ints,
    output_padding: Ints,
    groups: int,
    dilation: Ints,
) -> tuple[Array, Array, Array | None, Problem]:
    """Check the arguments of a transposed convolution and give the convolution that it transposes.

    x becomes (B, K, Ho, Wo), of the shape of that convolution's output, and the problem leads from
    the result's shape (B, C, H, W) to it.
    """
    x, weight, bias = _read_arrays(operation, axes, x, weight, bias)
    strides = integers(operation, "stride", stride, axes, 1)
    paddings = integers(operation, "padding", padding, axes, 0)
    extras = integers(operation, "output_padding", output_padding, axes, 0)
    dilations = integers(operation, "dilation", dilation, axes, 1)
    g = integer(operation, "groups", groups, 1)
    K, per_group, *kernel = weight.shape
    given = x.shape[-axes - 1]
    if given != K:
        raise ValueError(
            f"{operation}: weight {weight.shape} expects {K} input channels, "
            f"but x {x.shape} has {given}"
        )
    if K == 0 or K % g:
        raise ValueError(
            f"{operation}: weight {weight.shape} has {K} input channels, "
            f"expected a positive multiple of groups {g}"
        )
    if per_group == 0:
        raise ValueError(f"{operation}: weight {weight.shape} gives no output channels")
    C = per_group * g
    _check_bias(operation, bias, C, f"weight {weight.shape} with groups={g}")
    sizes = []
    for m, f, s, p, extra, d in zip(
        x.shape[-axes:], kernel, strides, paddings, extras, dilations, strict=True
    ):
        if extra >= max(s, d):
            raise ValueError(
                f"{operation}: output_padding is {output_padding!r}, expected less than "
                f"stride {stride!r} or dilation {dilation!r} in each axis"
            )
        sizes.append((m - 1) * s - 2 * p + d * (f - 1) + extra + 1)
    if min(sizes) < 1:
        raise ValueError(
            f"{operation}: padding {padding!r} leaves nothing: x {x.shape} and "
            f"weight {weight.shape} would give an output of size {tuple(sizes)}"
        )
    # what output_padding adds lies beyond the last window, so that the padding there is smaller
    sides = [(p, p - extra) for p, extra in zip(paddings, extras, strict=True)]
    problem = _problem(axes, x, (K, *kernel), strides, sides, dilations, g)
    _check_not_empty(operation, x, axes, problem)
    H, W = sizes if axes == 2 else (1, sizes[0])
    problem = replace(problem, C=C, H=H, W=W)
    return x.reshape(problem.output_shape), weight.reshape(problem.weight_shape), bias, problem


def _read_arrays(
    operation: str,
    axes: int,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None,
) -> tuple[Array, Array, Array | None]:
    given = x, weight, bias
    x = float_array(operation, "x", x)
    weight = float_array(operation, "weight", weight)
    bias = None if bias is None else float_array(operation, "bias", bias)
    check_bias_of_integers(operation, *given)
    check_same_dtype(operation, x=x, weight=weight, bias=bias)
    space = ("L",) if axes == 1 else ("H", "W")
    if x.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"{operation}: x is {x.shape}, expected (B, C, {', '.join(space)}) "
            f"or (C, {', '.join(space)})"
        )
    if weight.ndim != axes + 2:
        sides = ", ".join("k" + letter for letter in space)
        raise ValueError(
            f"{operation}: weight is {weight.shape}, "
            f"expected (channels, channels / groups, {sides})"
        )
    if 0 in weight.shape[2:]:
        raise ValueError(
            f"{operation}: weight is {weight.shape}, expected a kernel that is not empty"
        )
    return x, weight, bias


def _check_bias(operation: str, bias: Array | None, channels: int, source: str) -> None:
    if bias is not None and bias.shape != (channels,):
        raise ValueError(
            f"{operation}: {source} expects a bias of shape ({channels},), but bias is {bias.shape}"
        )


def _problem(
    axes: int,
    x: Array,
    weight: tuple[int, ...],
    strides: tuple[int, ...],
    sides: list[tuple[int, int]],
    dilations: tuple[int, ...],
    groups: int,
) -> Problem:
    """Collect the sizes; the axis of a signal becomes the second of two."""
    B = 1 if x.ndim == axes + 1 else x.shape[0]
    C, K = x.shape[-axes - 1], weight[0]
    if axes == 1:
        W, kW = x.shape[-1], weight[1]
        return Problem(
            B, C, 1, W, K, 1, kW, (1, strides[0]), ((0, 0), sides[0]), (1, dilations[0]), groups
        )
    (H, W), (kH, kW) = x.shape[-2:], weight[1:]
    return Problem(
        B,
        C,
        H,
        W,
        K,
        kH,
        kW,
        (strides[0], strides[1]),
        (sides[0], sides[1]),
        (dilations[0], dilations[1]),
        groups,
    )


def _check_not_empty(operation: str, x: Array, axes: int, problem: Problem) -> None:
    # PyTorch accepts an empty batch and no channels at all, but not an image without pixels
    if problem.B and problem.C and 0 in x.shape[-axes:]:
        raise ValueError(
            f"{operation}: x is {x.shape}, expected at least one sample in each axis "
            "(only the batch or the channels may be empty)"
        )
