"""A convolution cut into blocks that fit into a processor's cache and go round the threads."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import nullcontext
from typing import NamedTuple

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast.threads import equal_parts, get_num_threads, one_blas_thread, share

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
    """Cut a batch into blocks of about equal work."""
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
    """Call a task with each block and its number, shared among the threads where that pays."""
    if is_worth_sharing(p):
        share_quietly(lambda number: task(number, blocks[number]), len(blocks))
        return
    alone = nullcontext() if p.macs < _SMALL else one_blas_thread()
    with np.errstate(invalid="ignore", over="ignore"), alone:
        for number, block in enumerate(blocks):
            task(number, block)


def share_quietly(task: Callable[[int], object], count: int) -> None:
    """Call a task with the numbers below a count, shared among the threads, warnings off."""

    def one(number: int) -> None:
        # infinity minus infinity is NaN here as in PyTorch, without a word; the state is a thread's
        with np.errstate(invalid="ignore", over="ignore"):
            task(number)

    share(one, count)


def is_worth_sharing(p: Problem) -> bool:
    """Tell whether a convolution is so large that threads pay."""
    numbers = math.prod(p.x_shape) + math.prod(p.output_shape)
    return p.macs + _NUMBER * numbers > _WORTH_SHARING
