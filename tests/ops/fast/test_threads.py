"""Threads: the same numbers whatever their number, in several callers at once, and after a fork."""

from __future__ import annotations

import linecache
import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from multiprocessing.queues import Queue
from types import FrameType
from typing import Any, cast

import numpy as np
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
from course_utils.ops.arrays import Array
from course_utils.ops.fast import sharing, threads
from course_utils.ops.fast.threads import run

RNG = np.random.default_rng(29)
X, W = RNG.normal(size=(6, 24, 20, 20)), RNG.normal(size=(16, 24, 3, 3))
GY = RNG.normal(size=(6, 16, 20, 20))


@pytest.fixture(autouse=True)
def _number_of_threads() -> Iterator[None]:
    before = get_num_threads()
    with threadpool_limits(2, user_api="blas"):  # so that what is held to one can be told apart
        yield
    set_num_threads(before)


@pytest.fixture
def _small_work_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "WORTH_A_CALL", 0)
    monkeypatch.setattr(sharing, "NEAR", 50_000)


def blas_threads() -> list[int]:
    return [
        library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"
    ]


def results() -> tuple[Array, ...]:
    y = conv2d(X, W, padding=1)
    gx, gw, _ = conv2d_backward(GY, X, W, padding=1)
    normal = batch_norm(y, None, None, training=True)
    return y, gx, gw, normal, max_pool2d_backward(GY[..., ::2, ::2], y, 2)


@pytest.mark.usefixtures("_small_work_is_shared")
@pytest.mark.parametrize("n", [2, 3, 7])
def test_same_result_for_any_number_of_threads(n: int) -> None:
    set_num_threads(1)
    alone = results()
    set_num_threads(n)
    for ours, reference in zip(results(), alone, strict=True):
        np.testing.assert_allclose(ours, reference, rtol=0, atol=1e-11)


@pytest.mark.usefixtures("_small_work_is_shared")
def test_several_callers_at_once() -> None:
    set_num_threads(2)
    before = blas_threads()
    expected = results()
    wrong = []

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


@pytest.mark.usefixtures("_small_work_is_shared")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_forked_child_can_work() -> None:
    set_num_threads(2)
    expected, before = float(conv2d(X, W, padding=1).sum()), blas_threads()
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_in_child, args=(queue,))
    child.start()
    total, number = queue.get(timeout=60)
    child.join(timeout=60)
    assert child.exitcode == 0
    assert total == pytest.approx(expected, rel=1e-12)
    assert number == before


@pytest.mark.parametrize("number", [1, 2])
def test_blas_has_one_thread_meanwhile(number: int) -> None:
    before = blas_threads()
    seen: list[int] = []
    run(lambda _: seen.extend(blas_threads()), range(2), number)
    assert set(seen) == {1}
    assert blas_threads() == before


def test_every_task_is_done_once() -> None:
    done: list[int] = []
    run(done.append, range(1000), 4)
    assert sorted(done) == list(range(1000))


def test_tasks_run_side_by_side() -> None:
    both = threading.Barrier(2)
    run(lambda _: both.wait(timeout=30), range(2), 2)


@pytest.mark.parametrize("number", [1, 2])
def test_infinities_that_cancel_give_no_warning_in_any_thread(number: int) -> None:
    together = threading.Barrier(number)
    differences = np.zeros(number)

    def task(i: int) -> None:
        together.wait(timeout=30)  # so that each thread takes one
        np.subtract(np.inf, np.inf, out=differences[i : i + 1])

    run(task, range(number), number)
    assert np.isnan(differences).all()


def test_sharing_within_a_task_does_not_wait_for_ever() -> None:
    done: list[tuple[int, int]] = []
    run(lambda i: run(lambda j: done.append((i, j)), range(3), 2), range(4), 2)
    assert sorted(done) == [(i, j) for i in range(4) for j in range(3)]


def test_whoever_has_not_begun_need_not() -> None:
    run(lambda i: None, range(2), 2)  # so that there is a thread
    busy, done = threading.Event(), list[int]()
    blocking: list[Future[bool]] = []
    threads._state.submit(lambda: busy.wait(30), threads._state.size, blocking)
    run(done.append, range(5), 2)  # the others are taken: the caller does all and does not wait
    assert done == [0, 1, 2, 3, 4]
    assert not any(thread.done() for thread in blocking)
    busy.set()
    for thread in blocking:
        thread.result(timeout=30)


@pytest.mark.parametrize("number", [1, 2])
def test_a_failure_reaches_the_caller_and_blas_is_given_back(number: int) -> None:
    before = blas_threads()
    assert 2 in before

    def fail(i: int) -> None:
        if i == 5:
            raise KeyError(i)

    with pytest.raises(KeyError):
        run(fail, range(10), number)
    assert blas_threads() == before
    done: list[int] = []
    run(done.append, range(3), number)
    assert sorted(done) == [0, 1, 2]


def interrupted_at(step: int) -> bool:
    """Share some work, interrupt this thread at one of its steps in `threads`; False if too late.

    Every line and every return is a step, but for the way out of a lock: between the last line of
    such a block and its end the interpreter looks for no interrupts.
    """
    left = step

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename != threads.__file__:
            return None
        line = linecache.getline(threads.__file__, frame.f_lineno).strip()
        leaves = line.startswith("with ") and threads._state.lock.locked()
        if event in ("line", "return") and not leaves:
            left -= 1
            if left == -1:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        run(lambda _: np.ones((2, 2)) @ np.ones((2, 2)), range(4), 2)
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(None)
    return False


def test_an_interrupt_at_any_line_leaves_nothing_held() -> None:
    before, traced = blas_threads(), sys.gettrace()
    assert 2 in before
    step = 0
    try:
        while interrupted_at(step):
            assert blas_threads() == before, f"after an interrupt at step {step}"
            assert not threads._state.holders
            assert not threads._state.lock.locked()
            assert not threads._inside.yes
            step += 1
    finally:
        sys.settrace(traced)
    assert step > 50  # there were some
    seen: list[int] = []
    run(lambda _: seen.extend(blas_threads()), range(2), 1)
    assert set(seen) == {1}  # and BLAS is still held when it should be


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
