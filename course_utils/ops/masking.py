"""Masking without multiplication: numbers kept where a condition holds, zero elsewhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array

_INTEGER_OF_SIZE = {4: np.int32, 8: np.int64}


def keep_where(values: Array, condition: npt.NDArray[np.bool_], out: Array | None = None) -> Array:
    """Keep values where a condition holds; 0 elsewhere, even for infinity and NaN.

    ``np.where`` does the same with a branch for each number, which takes several times as long
    where the condition changes at random. Here the bits of each number are ANDed with all ones or
    all zeros.
    """
    integer = _INTEGER_OF_SIZE[values.itemsize]
    bits = np.asarray(condition).view(np.int8).astype(integer)
    np.negative(bits, out=bits)  # −1 has all bits set
    into = bits if out is None else out.view(integer)
    kept: Array = np.bitwise_and(values.view(integer), bits, out=into).view(values.dtype)
    return kept
