"""Random arguments for the operations: most fit together, and each is spoilt now and then."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
from hypothesis import strategies as st

from course_utils.ops.arrays import Array

Convolution: TypeAlias = tuple[Array, Array, Array | None, dict[str, Any]]
"""x, weight and bias, and the options by name."""

Pool: TypeAlias = tuple[Array, dict[str, Any]]
"""x, and the options by name."""


def per_axis(draw: st.DrawFn, axes: int, numbers: st.SearchStrategy[int]) -> Any:
    """Draw one number for all axes, or a tuple or list of one or of `axes` numbers."""
    return draw(
        st.one_of(
            numbers,
            st.lists(numbers, min_size=axes, max_size=axes).map(tuple),
            st.lists(numbers, min_size=axes, max_size=axes),
            st.lists(numbers, min_size=1, max_size=1).map(tuple),
        )
    )


def _sizes(draw: st.DrawFn, axes: int, least: int, most: int) -> list[int]:
    return draw(st.lists(st.integers(least, most), min_size=axes, max_size=axes))


def _rng(draw: st.DrawFn) -> np.random.Generator:
    return np.random.default_rng(draw(st.integers(0, 2**32 - 1)))


@st.composite
def convolutions(draw: st.DrawFn, axes: int) -> Convolution:
    """Draw arguments of conv1d or conv2d."""
    groups = draw(st.sampled_from([1, 1, 1, 2, 3]))
    per_group = draw(st.integers(1, 3))
    spoil = draw(st.sampled_from([None] * 7 + ["channels", "filters", "bias", "number"]))
    C = per_group * groups + (spoil == "channels")
    K = groups * draw(st.integers(1, 3)) + (spoil == "filters")
    batch = draw(st.sampled_from([(), (0,), (1,), (2,), (3,)]))
    space, kernel = _sizes(draw, axes, 1, 9), _sizes(draw, axes, 1, 4)
    least = 0 if spoil == "number" else 1
    options: dict[str, Any] = {
        "stride": per_axis(draw, axes, st.integers(least, 3)),
        "padding": draw(st.sampled_from(["same", "valid", None, None, None, None])),
        "dilation": per_axis(draw, axes, st.integers(least, 3)),
        "groups": groups,
    }
    if options["padding"] == "same" and draw(st.booleans()):
        options["stride"] = 1  # the only one that goes with it
    if options["padding"] is None:
        options["padding"] = per_axis(draw, axes, st.integers(least - 1, 3))
    if 0 in batch and 0 in np.ravel(options["dilation"]):
        batch = ()  # with an empty batch PyTorch forgets to refuse dilation 0
    rng = _rng(draw)
    x = rng.normal(size=(*batch, C, *space))
    weight = rng.normal(size=(K, per_group, *kernel))
    bias = rng.normal(size=K + (spoil == "bias")) if draw(st.booleans()) else None
    return x, weight, bias, options


@st.composite
def transposed_convolutions(draw: st.DrawFn, axes: int) -> Convolution:
    """Draw arguments of conv_transpose1d or conv_transpose2d."""
    groups = draw(st.sampled_from([1, 1, 2, 3]))
    C, per_group = groups * draw(st.integers(1, 3)), draw(st.integers(1, 3))
    spoil = draw(st.sampled_from([None] * 7 + ["channels", "filters", "bias", "number"]))
    batch = draw(st.sampled_from([(), (1,), (2,), (3,)]))
    space, kernel = _sizes(draw, axes, 1, 6), _sizes(draw, axes, 1, 4)
    least = 0 if spoil == "number" else 1
    options = {
        "stride": per_axis(draw, axes, st.integers(least, 3)),
        "padding": per_axis(draw, axes, st.integers(least - 1, 2)),
        "output_padding": per_axis(draw, axes, st.integers(least - 1, 2)),
        "groups": groups,
        "dilation": per_axis(draw, axes, st.integers(least, 3)),
    }
    rng = _rng(draw)
    x = rng.normal(size=(*batch, C + (spoil == "channels"), *space))
    weight = rng.normal(size=(C + (spoil == "filters"), per_group, *kernel))
    K = per_group * groups + (spoil == "bias")
    return x, weight, rng.normal(size=K) if draw(st.booleans()) else None, options


@st.composite
def layers(draw: st.DrawFn) -> tuple[Array, Array, Array, Any, tuple[int, int]]:
    """Draw x, weight, bias, stride and padding of layers for which float32 has its own ways."""
    channels = st.sampled_from([1, 3, 6, 8, 16, 24, 64, 130, 260])
    C, K = draw(channels), draw(channels)
    kernel = draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    padding = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
    space = [
        max(1, k - 2 * p) + draw(st.integers(0, 20)) for k, p in zip(kernel, padding, strict=True)
    ]
    stride = draw(st.sampled_from([1, 1, 1, 2, (2, 1)]))
    rng = _rng(draw)
    x = rng.normal(size=(draw(st.integers(1, 5)), C, *space)).astype(np.float32)
    weight = rng.normal(size=(K, C, *kernel)).astype(np.float32)
    return x, weight, rng.normal(size=K).astype(np.float32), stride, padding


@st.composite
def pools(draw: st.DrawFn, axes: int, kind: Literal["max", "avg"]) -> Pool:
    """Draw arguments of a pool."""
    batch = draw(st.sampled_from([(), (0,), (1,), (2,)]))
    space = _sizes(draw, axes, 0 if draw(st.booleans()) else 1, 9)
    least = draw(st.sampled_from([1] * 9 + [0]))
    options = {
        "kernel_size": per_axis(draw, axes, st.integers(least, 5)),
        "stride": draw(st.sampled_from([None, None, ()])),
        "padding": per_axis(draw, axes, st.sampled_from([0, 0, 1, 2, least - 1])),
        "ceil_mode": draw(st.booleans()),
    }
    if draw(st.booleans()):
        options["stride"] = per_axis(draw, axes, st.integers(least, 4))
    if kind == "max":
        options["dilation"] = per_axis(draw, axes, st.sampled_from([1, 1, 2, 3, least]))
    else:
        options["count_include_pad"] = draw(st.booleans())
        if axes == 2:
            options["divisor_override"] = draw(st.sampled_from([None, None, 1, 3, -2, 0]))
    # few different values, so that ties are common
    x = _rng(draw).integers(-3, 4, size=(*batch, draw(st.integers(1, 3)), *space)) / 7
    return x, options
