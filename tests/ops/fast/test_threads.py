"""Threads: the same numbers whatever their number, in several callers at once, and after a fork."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing.queues import Queue
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from course_utils.ops import (
    batch_norm,
    conv2d,
    conv2d_backward,
    get_num_threads,
    max_pool2d_backward,
    set_num_threads,
)
from course_utils.ops.fast import threads
from course_utils.ops.fast.threads import run

Array = npt.NDArray[np.floating[Any]]
RNG = np.random.default_rng(29)
X, W = RNG.normal(size=(6, 24, 20, 20)), RNG.normal(size=(16, 24, 3, 3))
GY = RNG.normal(size=(6, 16, 20, 20))


@pytest.fixture(autouse=True)
def _number_of_threads() -> Iterator[None]:
    before = get_num_threads()
    with threadpool_limits(2, user_api="blas"):  # so that what is held to one can be told apart
        yield
    set_num_threads(before)


def blas_threads() -> list[int]:
    return [
        library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"
    ]


def results() -> tuple[Array, ...]:
    y = conv2d(X, W, padding=1)
    gx, gw, _ = conv2d_backward(GY, X, W, padding=1)
    normal = batch_norm(y, None, None, training=True)
    return y, gx, gw, normal, max_pool2d_backward(GY[..., ::2, ::2], y, 2)


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_same_result_for_any_number_of_threads(n: int) -> None:
    set_num_threads(1)
    alone = results()
    set_num_threads(n)
    for ours, reference in zip(results(), alone, strict=True):
        np.testing.assert_allclose(ours, reference, rtol=0, atol=1e-11)


def test_several_callers_at_once() -> None:
    set_num_threads(2)
    before = blas_threads()
    expected = results()
    wrong: list[str] = []

    def call() -> None:
        for _ in range(3):
            for ours, reference in zip(results(), expected, strict=True):
                # the last bit may differ: BLAS orders its sums as it likes
                if not np.allclose(ours, reference, rtol=0, atol=1e-11):
                    wrong.append("differs")

    callers = [threading.Thread(target=call) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert not wrong
    assert blas_threads() == before  # whoever goes last gives BLAS its threads back


def _in_child(queue: Queue[tuple[float, list[int]]]) -> None:
    queue.put((float(conv2d(X, W, padding=1).sum()), blas_threads()))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_forked_child_can_work() -> None:
    set_num_threads(2)
    expected, before = float(conv2d(X, W, padding=1).sum()), blas_threads()
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_in_child, args=(queue,))
    child.start()
    total, threads = queue.get(timeout=60)
    child.join(timeout=60)
    assert child.exitcode == 0
    assert total == pytest.approx(expected, rel=1e-12)
    assert threads == before


def test_one_thread_means_one_of_blas_too() -> None:
    set_num_threads(1)
    seen: list[list[int]] = []
    run(lambda i: seen.append(blas_threads()), range(2), 1)
    assert {n for found in seen for n in found} == {1}


def test_every_task_is_done_once() -> None:
    set_num_threads(4)
    done: list[int] = []
    run(done.append, range(1000), 4)
    assert sorted(done) == list(range(1000))


def test_sharing_within_a_task_does_not_wait_for_ever() -> None:
    set_num_threads(2)
    done: list[tuple[int, int]] = []
    run(lambda i: run(lambda j: done.append((i, j)), range(3), 2), range(4), 2)
    assert sorted(done) == [(i, j) for i in range(4) for j in range(3)]


def test_whoever_has_not_begun_need_not(monkeypatch: pytest.MonkeyPatch) -> None:
    set_num_threads(2)
    run(lambda i: None, range(2), 2)  # so that there is a thread
    busy = threading.Event()
    done: list[int] = []

    def wait() -> None:
        busy.wait(30)

    blocking = threads._state.submit(wait, 1)
    run(
        done.append, range(5), 2
    )  # the other thread is taken: the caller does all and does not wait
    assert done == [0, 1, 2, 3, 4]
    assert not blocking[0].done()
    busy.set()
    blocking[0].result(timeout=30)


def test_a_failure_reaches_the_caller_and_blas_is_given_back() -> None:
    set_num_threads(2)
    before = blas_threads()
    assert 2 in before

    def fail(i: int) -> None:
        if i == 5:
            raise KeyError(i)

    with pytest.raises(KeyError):
        run(fail, range(10), 2)
    assert blas_threads() == before
    run(lambda i: None, range(3), 2)


def start_with(value: str) -> subprocess.CompletedProcess[str]:
    code = "from course_utils.ops import get_num_threads; print(get_num_threads())"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "COURSE_NUM_THREADS": value},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_environment_sets_the_number() -> None:
    assert start_with("3").stdout.strip() == "3"
    refused = start_with("many")
    assert "COURSE_NUM_THREADS is 'many', expected a number of threads" in refused.stderr


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"set_num_threads: n is 0, expected at least 1"):
        set_num_threads(0)
    with pytest.raises(TypeError, match=r"set_num_threads: n is 2.5, expected a whole number"):
        set_num_threads(cast(int, 2.5))
