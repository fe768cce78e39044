"""A convolution cut into blocks that fit into a processor's cache and go round the threads."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import nullcontext
from typing import NamedTuple

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.threads import equal_parts, get_num_threads, one_blas_thread, share

# Work below which a second thread costs more than it saves, in multiplications: about 2.5 ms. In a
# virtual machine a thread takes up to a tenth of that to wake, and as much again whenever two want
# the interpreter at once.
_WORTH_SHARING = 150_000_000
_NUMBER = 60  # multiplications in the time in which one number comes from memory
_SMALL = 1 << 18  # multiplications up to which OpenBLAS starts no threads of its own


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
    if is_worth_sharing(p):
        share_quietly(lambda number: task(number, blocks[number]), len(blocks))
        return
    alone = nullcontext() if p.macs < _SMALL else one_blas_thread()
    with np.errstate(invalid="ignore", over="ignore"), alone:
        for number, block in enumerate(blocks):
            task(number, block)


def share_quietly(task: Callable[[int], object], count: int) -> None:
    """
    Call a task with the numbers below a count, shared among the threads; infinities are no news.

    Parameters
    ----------
    task : callable
        Called as ``task(number)``.
    count : int
        How many there are.

    Examples
    --------
    >>> differences = np.empty(2)
    >>> share_quietly(lambda i: np.subtract(np.inf, np.inf, out=differences[i : i + 1]), 2)
    >>> differences
    array([nan, nan])
    """

    def one(number: int) -> None:
        # infinity minus infinity is NaN here as in PyTorch, without a word; the state is a thread's
        with np.errstate(invalid="ignore", over="ignore"):
            task(number)

    share(one, count)


def is_worth_sharing(p: Problem) -> bool:
    """
    Tell whether a convolution is so large that threads pay.

    Parameters
    ----------
    p : Problem
        Its sizes.

    Returns
    -------
    bool
        Whether it is.

    Examples
    --------
    >>> is_worth_sharing(Problem(1, 64, 56, 56, 64, 3, 3))
    False
    >>> is_worth_sharing(Problem(16, 64, 56, 56, 64, 3, 3))
    True
    """
    numbers = math.prod(p.x_shape) + math.prod(p.output_shape)
    return p.macs + _NUMBER * numbers > _WORTH_SHARING
