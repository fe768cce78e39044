"""Whether work is shared among the threads, and into what parts it is cut: all that decides this.

Two things are weighed. A part should be small, so that what is read again is still in a cache. And
parts should be few, because every call of NumPy hands the interpreter's lock over and asks for it
again, for which a thread waits 30 µs or more where another has it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast.threads import get_num_threads, run

T = TypeVar("T")

# The measurements below are of an AMD EPYC with AVX-512 in a virtual machine of two processors.

WORTH_A_CALL = 8_000_000
"""Multiplications from which on a second thread pays, for each call of NumPy in a part.

They take 0.13 ms. With ten calls (80 million), time with 120 over time with 30, 50, 65, 80 and 100:
a step of ResNet-20 in batches of 32: 1.07, 1.10, 1.07, 1.16, 1.00; batch norm on (128, 6, 28, 28):
0.82, 0.84, 0.81, 1.09, 1.07; LeNet-5's first gradients in batches of 128: 0.64, 0.62, 0.97, 0.97,
0.98. A product of matrices is one call.
"""

PER_NUMBER = 60
"""Multiplications in the time that one number of a map costs in all the passes over it.

Batch norm on (16, 64, 56, 56): 0.9 ns a number. Convolving (16, 64, 56, 56) by MEC: 1/40 ns a
multiplication.
"""

NEAR = 1 << 22
"""Bytes of work space in one part.

Geometric mean over the convolutions of tests/benchmarks, one thread, time with these over time with
1, 2, 6 and 8 MiB: 0.98, 1.01, 1.00, 0.98.
"""


class Block(NamedTuple):
    """Some images of a batch, and some rows of each."""

    images: slice
    rows: slice


class Work:
    """Work of some size: how many threads do it, in what parts, and how it is called."""

    def __init__(self, multiplications: int, numbers: int, itemsize: int, calls: int = 10) -> None:
        """Weigh multiplications, numbers that come and go, and calls of NumPy in each part."""
        cost = (multiplications + PER_NUMBER * numbers) * itemsize / 4
        self.threads = get_num_threads() if cost > WORTH_A_CALL * calls else 1

    def cut(self, count: int, height: int, row_bytes: int, near: int = 0) -> list[Block]:
        """Cut images into blocks of about equal work, as many for each thread as for the others."""
        near = near or NEAR
        tall = -(-height // max(1, min(height, near // max(1, row_bytes))))  # blocks down an image
        together = 1 if tall > 1 else max(1, min(count, near // max(1, row_bytes * height)))
        if together > 1:
            deep = min(count, -(-count // together // self.threads) * self.threads)
        else:
            deep = count
            while tall < height and deep * tall < 4 * self.threads and deep * tall % self.threads:
                tall += 1
        parts = equal_parts(height, tall)
        return [Block(images, rows) for images in equal_parts(count, deep) for rows in parts]

    def share(self, task: Callable[[T], object], parts: Sequence[T]) -> None:
        """Call a task with each part. Tasks must not write to the same place."""
        run(task, parts, self.threads)

    def add_up(self, task: Callable[[T], Array], parts: Sequence[T]) -> Array:
        """Add up what a task gives for each part, in an order that does not depend on time."""
        turns = equal_parts(len(parts), min(len(parts), self.threads))
        totals: dict[int, Array] = {}

        def add(turn: int) -> None:
            first, *others = parts[turns[turn]]
            total = np.array(task(first))  # a copy, because a task may give work space
            for part in others:
                np.add(total, task(part), out=total)
            totals[turn] = total

        self.share(add, range(len(turns)))
        with np.errstate(invalid="ignore", over="ignore"):
            return sum((totals[turn] for turn in range(1, len(turns))), start=totals[0])


def convolution_work(p: Problem, itemsize: int) -> Work:
    """Weigh a convolution."""
    shapes = (p.x_shape, p.weight_shape, p.output_shape)
    return Work(p.macs, sum(math.prod(shape) for shape in shapes), itemsize)


def share_planes(task: Callable[[slice], object], planes: Array) -> None:
    """Call a task for parts of some planes (N, ...), which it reads and writes elsewhere."""
    work, parts = _planes(planes)
    work.share(task, parts)


def add_up_planes(task: Callable[[slice], Array], planes: Array) -> Array:
    """Add up what a task gives for parts of some planes (N, ...)."""
    work, parts = _planes(planes)
    return work.add_up(task, parts)


def _planes(planes: Array) -> tuple[Work, list[slice]]:
    work = Work(0, 2 * planes.size, planes.itemsize)  # read once and written once
    each = 2 * planes.nbytes // max(1, len(planes))
    return work, [block.images for block in work.cut(len(planes), 1, each)]


def equal_parts(n: int, count: int) -> list[slice]:
    """Cut n things into parts of which none is longer than another by more than one."""
    return [slice(n * i // count, n * (i + 1) // count) for i in range(count)]
