"""What a function prints is kept, as far as it can be read."""

from __future__ import annotations

import sys
import warnings

import pytest

from course_utils.exercises.captured_output import Printed, caught


def test_both_streams_and_warnings() -> None:
    with caught() as result:
        print("to the output")
        print("to the error stream", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        warnings.warn("careful", stacklevel=1)
    assert result.printed == "to the output\nto the error stream"
    assert result.warned() == ("UserWarning: careful",)


def test_nothing_reaches_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    with caught():
        print("hidden")
    assert capsys.readouterr() == ("", "")


def test_it_is_kept_when_the_block_fails() -> None:
    def fail() -> None:
        print("before")
        raise KeyError

    with pytest.raises(KeyError), caught() as result:
        fail()
    assert result.printed == "before"


def test_a_flood_is_counted_not_kept() -> None:
    stream = Printed()
    for _ in range(1000):
        stream.write("x" * 1000)
    assert stream.text.endswith(" … (996000 more characters)")
    stream.write("y" * 10**6)
    assert sum(map(len, stream._parts)) == 4000
    assert stream.writable()
