"""Numbers kept where a condition holds, and zero elsewhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array

_SAME_SIZE = {4: np.int32, 8: np.int64}


def keep_where(values: Array, condition: npt.NDArray[np.bool_], out: Array | None = None) -> Array:
    """Keep values where a condition holds; 0 elsewhere, even for infinity and NaN.

    ``np.where`` does the same with a branch for each number, which costs several times as much
    where the condition changes at random. Here the bits of each number meet all ones or all zeros.
    """
    whole = _SAME_SIZE[values.itemsize]
    bits = np.asarray(condition).view(np.int8).astype(whole)
    np.negative(bits, out=bits)  # −1 has all bits set
    into = bits if out is None else out.view(whole)
    kept: Array = np.bitwise_and(values.view(whole), bits, out=into).view(values.dtype)
    return kept
