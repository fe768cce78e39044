"""Work space is used again, and conv2d needs little: never the columns of a whole batch."""

import subprocess
import sys
import threading

import numpy as np
import pytest

from course_utils.ops.arrays import Array
from course_utils.ops.fast.workspace import borrow

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
SHAPES = [
    (128, 1, 32, 6, 5, 1, 0),
    (16, 512, 7, 512, 3, 1, 1),
    (16, 64, 56, 128, 3, 2, 1),
    (16, 64, 56, 64, 3, 1, 1),
    (8, 3, 224, 64, 7, 2, 3),
]


def test_a_name_gives_the_same_memory_again() -> None:
    a = borrow("a test", (2, 3), np.float32)
    assert a.shape == (2, 3)
    assert a.dtype == np.float32
    assert np.shares_memory(a, borrow("a test", (3,), np.float64))
    assert not np.shares_memory(a, borrow("another", (2, 3), np.float32))


def test_each_thread_has_its_own() -> None:
    mine, others = borrow("a test", (4,), np.float32), list[Array]()
    thread = threading.Thread(target=lambda: others.append(borrow("a test", (4,), np.float32)))
    thread.start()
    thread.join()
    assert not np.shares_memory(mine, others[0])


def test_what_is_very_large_is_given_back() -> None:
    a = borrow("a test", (1 << 26,), np.uint8)
    assert not np.shares_memory(a, borrow("a test", (1 << 26,), np.uint8))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_peak_is_one_and_a_half_times_input_and_output_and_a_slab_per_thread(
    shape: tuple[int, ...],
) -> None:
    code = MEASURE.format(shape=shape)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    peak, both = map(int, done.stdout.split())
    assert peak < 1.5 * both + 2 * SLAB
