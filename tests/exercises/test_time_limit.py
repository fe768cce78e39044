"""Functions that run too long are stopped, and the clock is left as it was found."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from course_utils.exercises import time_limit
from course_utils.exercises.time_limit import TimeUp, call_within, can_limit

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no signal.setitimer"
)


def loops() -> None:
    while True:
        pass


def loops_and_swallows() -> None:
    while True:
        try:
            while True:
                pass
        except:  # noqa: E722
            pass


def swallows_in_every_turn() -> None:
    count = 0
    for _ in range(10**9):
        try:
            while True:
                count += 1
        except BaseException:  # noqa: BLE001
            count = 0


def swallows_further_out() -> None:
    while True:
        try:
            loops()
        except:  # noqa: E722
            print(end="")


def swallows_once_and_answers() -> int:
    try:
        while True:
            pass
    except BaseException:  # noqa: BLE001
        return 3


def sleeps() -> None:
    time.sleep(100)


def sorts() -> None:
    def key(_: int) -> int:
        while True:
            pass

    sorted([1, 2], key=key)


@pytest.mark.parametrize(
    "function",
    [
        loops,
        loops_and_swallows,
        swallows_in_every_turn,
        swallows_further_out,
        swallows_once_and_answers,
        sleeps,
        sorts,
    ],
)
def test_it_ends(function: Any) -> None:
    with pytest.raises(TimeUp):
        call_within(0.1, function, (), {})


def fails() -> None:
    raise KeyError("a")


def test_an_answer_in_time_comes_through() -> None:
    assert call_within(10.0, lambda a, b: a - b, (5,), {"b": 2}) == 3


def test_an_exception_comes_through() -> None:
    with pytest.raises(KeyError):
        call_within(10.0, fails, (), {})


def test_no_time_left_is_not_no_limit() -> None:
    with pytest.raises(TimeUp):
        call_within(-1.0, loops, (), {})


@pytest.fixture
def no_timer() -> Iterator[None]:
    """Put the timer of the test runner aside for a moment."""
    left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    handler = signal.getsignal(signal.SIGALRM)
    yield
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, left, interval)


@pytest.mark.usefixtures("no_timer")
@pytest.mark.parametrize("function", [loops, loops_and_swallows, lambda: None, fails])
def test_the_handler_and_the_timer_are_put_back(function: Any) -> None:
    rings: list[int] = []
    handler = lambda number, frame: rings.append(number)  # noqa: E731
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 50.0, 7.0)
    with contextlib.suppress(TimeUp, KeyError):
        call_within(0.05, function, (), {})
    left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    assert signal.getsignal(signal.SIGALRM) is handler
    assert 40.0 < left < 50.0
    assert interval == pytest.approx(7.0, abs=0.01)
    assert rings == []


@pytest.mark.usefixtures("no_timer")
def test_a_timer_that_fell_due_meanwhile_rings_afterwards() -> None:
    rings: list[int] = []
    signal.signal(signal.SIGALRM, lambda number, frame: rings.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    with pytest.raises(TimeUp):
        call_within(0.1, loops, (), {})
    time.sleep(0.05)
    assert rings == [signal.SIGALRM]


@pytest.mark.usefixtures("no_timer")
def test_no_timer_before_is_no_timer_afterwards() -> None:
    with pytest.raises(TimeUp):
        call_within(0.05, loops, (), {})
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_debugger_or_coverage_goes_on_tracing() -> None:
    seen: list[str] = []
    before = sys.gettrace()

    def trace(frame: Any, event: str, argument: Any) -> None:
        seen.append(frame.f_code.co_name)

    sys.settrace(trace)
    try:
        with contextlib.suppress(TimeUp):
            call_within(0.05, loops_and_swallows, (), {})
        found = sys.gettrace()
        can_limit()
    finally:
        sys.settrace(before)
    assert found is trace
    assert seen[-1] == "getsignal" or "can_limit" in seen


def test_a_ring_outside_the_call_is_ignored() -> None:
    with time_limit._alarm(0.02):
        time.sleep(0.1)  # rings several times, but no learner's function is running


def is_done() -> str:
    time.sleep(0.05)
    return "done"


def test_outside_the_main_thread_there_is_no_limit() -> None:
    found: list[Any] = []

    def work() -> None:
        found.append(can_limit())
        found.append(call_within(0.001, is_done, (), {}))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [False, "done"]
    assert can_limit()
