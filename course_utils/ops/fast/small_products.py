"""How large a matrix product should be for BLAS to do it at its best.

For processors with AVX-512, OpenBLAS has kernels for small products, which read both matrices where
they are, without packing them first.
"""

from __future__ import annotations

from functools import cache

from course_utils.ops.fast.threads import blas

_SMALL = 1_000_000  # multiplications up to which OpenBLAS takes a product for small
_WITH_SMALL_KERNELS = {"SkylakeX", "Cooperlake", "SapphireRapids"}
_FEWEST = 16  # rows below which a product is too small even so
_FEWEST_SUMMANDS = 1024


def rows_at_best(rows: int, row_work: int) -> int:
    """Give the number of rows in which a tall matrix is best multiplied by a narrow one.

    Winograd by rows with 64 and with 128 channels takes 0.91 of the time forward, on an AMD EPYC.
    """
    most = _SMALL // max(1, row_work)
    if most < _FEWEST or not _has_small_kernels():
        return rows
    return -(-rows // -(-rows // most))


def summands_at_best(work: int) -> int | None:
    """Give the largest number of summands at which OpenBLAS takes a matrix product for small.

    A product of few rows and columns over very many summands is not, and takes several times as
    long: the gradients of LeNet-5's first layer take 0.57 of the time in parts, on an AMD EPYC.
    """
    most = _SMALL // max(1, work)
    return most if most >= _FEWEST_SUMMANDS and _has_small_kernels() else None


@cache
def _has_small_kernels() -> bool:
    return any(
        getattr(library, "architecture", None) in _WITH_SMALL_KERNELS
        for library in blas().lib_controllers
    )
