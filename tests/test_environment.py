"""Each line of the environment report can fail, and then says what to do."""

from __future__ import annotations

import json
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
    assert {"hypothesis", "jupytext"}.isdisjoint(names)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    assert environment.folder_is_writable(tmp_path).ok
    assert not list(tmp_path.iterdir())
    assert not environment.folder_is_writable(tmp_path / "absent").ok


def notebook(folder: Path, name: str, version: object) -> None:
    """Write a notebook that records a version, or anything else, as that which built it."""
    metadata = {} if version is None else {"course": {"lesson": name, "version": version}}
    (folder / f"{name}.ipynb").write_text(json.dumps({"cells": [], "metadata": metadata}))


def test_notebooks_of_another_version_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COURSE_BUILD", raising=False)
    notebook(tmp_path, "00_start", "2.1.0")
    notebook(tmp_path, "my_own", None)
    (tmp_path / "broken.ipynb").write_text("{")
    assert environment.notebooks_match(tmp_path, "2.1.0").ok
    notebook(tmp_path, "01_sum", "2.0.0")
    found = environment.notebooks_match(tmp_path, "2.1.0")
    assert not found.ok
    assert "is version 2.1.0, but these were built with another: 01_sum (2.0.0);" in str(found)
    for number in range(2, 6):
        notebook(tmp_path, f"0{number}_more", 1)
    assert "another: 01_sum (2.0.0), 02_more (1), 03_more (1) and 2 more;" in str(
        environment.notebooks_match(tmp_path, "2.1.0")
    )


def test_a_build_does_not_look_at_the_notebooks_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook(tmp_path, "01_sum", "2.0.0")
    monkeypatch.setenv("COURSE_BUILD", "1")
    assert environment.notebooks_match(tmp_path, "2.1.0").ok


def test_a_broken_part_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> object:
        raise ImportError("no module named torch")

    monkeypatch.setattr(environment, "_torch_adds", broken)
    environment.report()
    out = capsys.readouterr().out
    assert "[FAIL] PyTorch computes\n       fix: ImportError: no module named torch" in out
    assert out.endswith("1 to fix, from the top down.\n")
