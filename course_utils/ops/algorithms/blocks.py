"""A convolution cut into blocks that fit into a processor's cache and go round the threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.threads import equal_parts, get_num_threads, share

# Multiplications below which waking a thread costs more than it saves. OpenBLAS thinks so too: a
# product of fewer stays in one thread, so that BLAS need not be held either.
_WORTH_SHARING = 1 << 18


class Block(NamedTuple):
    """Some images of a batch, and some rows of their output."""

    images: slice
    rows: slice


def cut(B: int, height: int, row_bytes: int, near: int) -> list[Block]:
    """
    Cut a batch into blocks of about equal work.

    Parameters
    ----------
    B : int
        Images.
    height : int
        Rows of one image's output.
    row_bytes : int
        Work space that one such row takes.
    near : int
        Bytes of work space that a block should take at most.

    Returns
    -------
    list of Block
        Several rows of one image each where an image is large, or several images.

    Examples
    --------
    >>> [(b.images.start, b.rows.start) for b in cut(3, 4, row_bytes=10, near=20)]
    [(0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (2, 2)]
    """
    threads = get_num_threads()
    tall = -(-height // max(1, min(height, near // max(1, row_bytes))))  # blocks down one image
    images = 1 if tall > 1 else max(1, min(B, near // max(1, row_bytes * height)))
    if images > 1:  # every thread gets as many blocks as every other
        deep = min(B, -(-B // images // threads) * threads)
    else:
        deep = B
        while tall < height and B * tall < 4 * threads and B * tall % threads:
            tall += 1
    return [Block(i, r) for i in equal_parts(B, deep) for r in equal_parts(height, tall)]


def share_blocks(task: Callable[[int, Block], object], blocks: list[Block], p: Problem) -> None:
    """
    Call a task with each block and its number, shared among the threads where that pays.

    Parameters
    ----------
    task : callable
        Called as ``task(number, block)``.
    blocks : list of Block
        The blocks.
    p : Problem
        Whose size decides whether it pays.
    """

    def one(number: int) -> None:
        # infinity minus infinity is NaN here as in PyTorch, without a word; the state is a thread's
        with np.errstate(invalid="ignore", over="ignore"):
            task(number, blocks[number])

    if p.macs < _WORTH_SHARING:
        for number in range(len(blocks)):
            one(number)
    else:
        share(one, len(blocks))
