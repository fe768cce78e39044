"""An image with its border of zeros, what each tap of a filter sees of it, and the way back."""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


def pad(x: Array, p: Problem) -> Array:
    """Put the border of zeros around the last two axes; negative padding takes samples away."""
    padded = np.zeros((*x.shape[:2], *p.padded), x.dtype)
    inside, seen = _same_samples(p)
    padded[:, :, *inside] = x[:, :, *seen]
    return padded


def crop(padded: Array, p: Problem) -> Array:
    """Take the border off again; samples that `pad` took away are zero."""
    x = np.zeros(p.x_shape, padded.dtype)
    inside, seen = _same_samples(p)
    x[:, :, *seen] = padded[:, :, *inside]
    return x


def tap(padded: Array, p: Problem, u: int, v: int) -> Array:
    """See what tap (u, v) of the filter meets at every output: (B, C, Ho, Wo), a view."""
    (sH, sW), (dH, dW) = p.stride, p.dilation
    rows = slice(u * dH, u * dH + (p.Ho - 1) * sH + 1, sH)
    columns = slice(v * dW, v * dW + (p.Wo - 1) * sW + 1, sW)
    return padded[..., rows, columns]


def _same_samples(p: Problem) -> tuple[list[slice], list[slice]]:
    """Index the same samples in the padded image and in the image itself."""
    sides = list(zip((p.H, p.W), p.padding, strict=True))
    inside = [slice(max(0, before), before + n + min(0, after)) for n, (before, after) in sides]
    seen = [slice(max(0, -before), n + min(0, after)) for n, (before, after) in sides]
    return inside, seen
