"""A message is displayed in a notebook and printed anywhere else."""

from __future__ import annotations

import io
import sys
import types

import pytest

from course_utils.exercises.display import show_message


def test_outside_a_notebook_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    show_message("hint 1 of 3: start with one output.")
    assert capsys.readouterr().out == "hint 1 of 3: start with one output.\n"


@pytest.mark.parametrize("shell", [None, object()])
def test_in_a_notebook_it_is_displayed_as_what_it_is(
    shell: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    displayed: list[object] = []
    ipython = types.ModuleType("IPython")
    display = types.SimpleNamespace(display=displayed.append)
    vars(ipython).update(get_ipython=lambda: shell, display=display)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    message = ("a", "message")
    show_message(message)
    assert displayed == ([] if shell is None else [message])
    assert (capsys.readouterr().out == "") == (shell is not None)


def test_a_terminal_that_knows_few_letters_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    show_message("1·3 \ud800")
    sys.stdout.flush()
    assert written.getvalue() == b"1\\xb73 \\ud800\n"
