"""conv2d keeps its work space small: no im2col matrix of a whole batch is ever made."""

from __future__ import annotations

import subprocess
import sys

import pytest

# run alone: work space that an earlier test has left behind would not be counted
MEASURE = """
import tracemalloc
import numpy as np
from course_utils.ops import conv2d, set_num_threads
B, C, H, K, k, S, P = {shape}
set_num_threads(2)
x, weight = np.zeros((B, C, H, H), np.float32), np.zeros((K, C, k, k), np.float32)
tracemalloc.start()
y = conv2d(x, weight, None, S, P)
print(tracemalloc.get_traced_memory()[1], x.nbytes + y.nbytes)
"""
SLAB = 1 << 22


def measure(shape: tuple[int, ...]) -> tuple[int, int]:
    code = MEASURE.format(shape=shape)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    peak, both = map(int, done.stdout.split())
    return peak, both


@pytest.mark.parametrize(
    "shape",
    [
        (16, 64, 56, 64, 3, 1, 1),
        (16, 128, 28, 128, 3, 1, 1),
        (16, 256, 14, 256, 3, 1, 1),
        (16, 512, 7, 512, 3, 1, 1),
        (8, 3, 224, 64, 7, 2, 3),
        (16, 64, 56, 128, 3, 2, 1),
        (128, 1, 32, 6, 5, 1, 0),
    ],
    ids=str,
)
def test_peak_is_one_and_a_half_times_input_and_output_and_a_slab_per_thread(
    shape: tuple[int, ...],
) -> None:
    peak, both = measure(shape)
    assert peak < 1.5 * both + 2 * SLAB
