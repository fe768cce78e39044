"""Functions that run too long are stopped, and the clock is left as it was found."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import pathlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from course_utils.exercises import time_limit
from course_utils.exercises.learners_call import TimeUp
from course_utils.exercises.time_limit import Allowance, call_within, can_limit

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


def swallows_in_a_helper() -> None:
    def helper() -> None:
        try:
            loops()
        except BaseException:  # noqa: BLE001
            print(end="")

    while True:
        try:
            helper()
        except:  # noqa: E722
            print(end="")


ENDLESS = [
    swallows_in_a_helper,
    loops,
    loops_and_swallows,
    swallows_in_every_turn,
    swallows_further_out,
    swallows_once_and_answers,
    sleeps,
    sorts,
]


@pytest.mark.parametrize("function", ENDLESS)
def test_it_ends(function: Any) -> None:
    with pytest.raises(TimeUp):
        call_within(Allowance(0.1), function, (), {})


def fails() -> None:
    raise KeyError("a")


def test_an_answer_in_time_comes_through() -> None:
    assert call_within(Allowance(10.0), lambda a, b: a - b, (5,), {"b": 2}) == 3


def test_an_exception_comes_through() -> None:
    with pytest.raises(KeyError):
        call_within(Allowance(10.0), fails, (), {})


def test_no_time_left_is_not_no_limit() -> None:
    with pytest.raises(TimeUp):
        call_within(Allowance(-1.0), loops, (), {})


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
        call_within(Allowance(0.05), function, (), {})
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
        call_within(Allowance(0.1), loops, (), {})
    time.sleep(0.05)
    assert rings == [signal.SIGALRM]


@pytest.mark.usefixtures("no_timer")
def test_no_timer_before_is_no_timer_afterwards() -> None:
    with pytest.raises(TimeUp):
        call_within(Allowance(0.05), loops, (), {})
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_debugger_or_coverage_goes_on_tracing() -> None:
    seen: list[str] = []
    before, profile = sys.gettrace(), sys.getprofile()

    def trace(frame: Any, event: str, argument: Any) -> None:
        seen.append(frame.f_code.co_name)

    sys.settrace(trace)
    try:
        with contextlib.suppress(TimeUp):
            call_within(Allowance(0.05), loops_and_swallows, (), {})
        found = sys.gettrace()
        can_limit()
    finally:
        sys.settrace(before)
    assert found is trace
    assert sys.getprofile() is profile
    assert seen[-1] == "getsignal" or "can_limit" in seen


def test_a_ring_outside_the_call_is_ignored() -> None:
    with time_limit._limited(Allowance(0.002)) as rung:
        time.sleep(0.1)  # rings several times, but no learner's function is running
        assert rung == []


def works_for(seconds: float) -> str:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return "done"


def waits() -> str:
    time.sleep(0.4)
    return "done"


def test_waiting_for_others_does_not_count() -> None:
    assert call_within(Allowance(0.2), waits, (), {}) == "done"


def test_all_calls_together_have_one_allowance() -> None:
    allowance = Allowance(0.25)
    for _ in range(2):
        assert call_within(allowance, works_for, (0.1,), {}) == "done"
    with pytest.raises(TimeUp):
        call_within(allowance, works_for, (0.1,), {})


MODULE = """
import time
end = time.thread_time() + 0.5
while time.thread_time() < end:
    pass
complete = True
"""


@pytest.fixture
def slow_import(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Offer a package that imports another, which takes longer than the answer may."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "slow_inside.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "slow_outside.py").write_text("import slow_inside\n", encoding="utf-8")
    yield
    for name in ("slow_inside", "slow_outside"):
        sys.modules.pop(name, None)


def by_statement() -> Any:
    import slow_outside  # type: ignore[import-not-found]  # written by the test

    return slow_outside.slow_inside.complete


def by_function() -> Any:
    return importlib.import_module("slow_outside").slow_inside.complete


def by_from() -> Any:
    from slow_inside import complete  # type: ignore[import-not-found]  # written by the test

    return complete


IMPORTS = [by_statement, by_function, by_from]


def off_the_main_thread(work: Any) -> Any:
    """Do in another thread what may raise `TimeUp`."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        except TimeUp:
            found.append(TimeUp)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.usefixtures("slow_import")
@pytest.mark.parametrize("function", IMPORTS)
def test_an_import_is_neither_counted_nor_interrupted(function: Any) -> None:
    assert call_within(Allowance(0.1), function, (), {}) is True


@pytest.mark.usefixtures("slow_import")
@pytest.mark.parametrize("function", IMPORTS)
def test_an_import_off_the_main_thread(function: Any) -> None:
    limited = off_the_main_thread(lambda: call_within(Allowance(0.1), function, (), {}))
    assert limited is True


@pytest.mark.usefixtures("slow_import")
@pytest.mark.parametrize("function", IMPORTS)
def test_what_comes_after_an_import_counts(function: Any) -> None:
    def imports_and_loops() -> None:
        function()
        loops()

    with pytest.raises(TimeUp):
        call_within(Allowance(0.1), imports_and_loops, (), {})
    assert sys.modules["slow_inside"].complete is True


@pytest.mark.usefixtures("slow_import")
def test_an_import_where_a_ring_is_swallowed() -> None:
    def loops_then_imports() -> None:
        try:
            loops()
        except BaseException:  # noqa: BLE001
            by_statement()

    with pytest.raises(TimeUp):
        call_within(Allowance(0.1), loops_then_imports, (), {})
    # It was stopped before the import or after it, never within.
    assert "slow_inside" not in sys.modules or sys.modules["slow_inside"].complete is True


def test_the_statement_is_as_it_was() -> None:
    before = builtins.__import__, importlib.import_module
    seen: list[Any] = []

    def looks() -> None:
        seen.append(builtins.__import__)
        call_within(Allowance(1.0), lambda: None, (), {})  # one judged inside another
        seen.append(builtins.__import__)

    call_within(Allowance(1.0), looks, (), {})
    assert seen[0] is seen[1] is not before[0]
    assert (builtins.__import__, importlib.import_module) == before


@pytest.mark.parametrize("function", [each for each in ENDLESS if each is not sleeps])
def test_it_ends_off_the_main_thread(function: Any) -> None:
    assert off_the_main_thread(lambda: call_within(Allowance(0.1), function, (), {})) is TimeUp


def test_off_the_main_thread_an_answer_comes_through() -> None:
    assert off_the_main_thread(can_limit) is True
    assert off_the_main_thread(lambda: call_within(Allowance(9.0), waits, (), {})) == "done"


def test_where_there_is_no_timer_the_other_thread_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "setitimer")
    assert can_limit()
    with pytest.raises(TimeUp):
        call_within(Allowance(0.1), loops_and_swallows, (), {})


def test_where_nothing_can_ring_the_answer_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(signal, "setitimer")
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert not can_limit()
    assert call_within(Allowance(0.01), works_for, (0.05,), {}) == "done"
