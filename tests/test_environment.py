"""Each line of the environment report can fail, and then says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_utils import environment


def test_everything_is_in_place_here(capsys: pytest.CaptureFixture[str]) -> None:
    environment.report()
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "Everything is in place."
    assert all(line.startswith("[OK]") for line in lines[:-1])


def test_an_old_python_is_named() -> None:
    found = environment.python_is_new_enough((3, 10))
    assert not found.ok
    assert "this is Python 3.10" in str(found)
    assert environment.python_is_new_enough((3, 11)).ok
    assert environment.python_is_new_enough((4, 0)).ok


def test_missing_packages_are_named() -> None:
    found = environment.packages_are_installed(["numpy", "no-such-thing", "nor-this"])
    assert str(found).startswith("[FAIL] every package is installed")
    assert "no-such-thing, nor-this missing" in str(found)


def test_the_required_packages_are_those_declared() -> None:
    names = environment.required_packages()
    assert {"numpy", "torch", "jupyterlab", "anywidget"} <= set(names)
    assert "hypothesis" not in names


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    assert environment.folder_is_writable(tmp_path).ok
    assert not list(tmp_path.iterdir())
    assert not environment.folder_is_writable(tmp_path / "absent").ok


def test_a_broken_part_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> object:
        raise ImportError("no module named torch")

    monkeypatch.setattr(environment, "_torch_adds", broken)
    environment.report()
    out = capsys.readouterr().out
    assert "[FAIL] PyTorch computes\n       mend: ImportError: no module named torch" in out
    assert out.endswith("1 to mend, from the top down.\n")
