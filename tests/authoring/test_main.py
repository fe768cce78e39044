"""``python -m course_utils.authoring``."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_utils.authoring.__main__ import main

TEXT = "# One\n\nA sum.\n\n```{code-cell} ipython3\n1 + 1\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    sources = tmp_path / "notebooks" / "sources"
    sources.mkdir(parents=True)
    (sources / "01_one.md").write_text(TEXT)
    (sources / "02_two.md").write_text(TEXT.replace("1 + 1", "1 / 0"))
    return tmp_path


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


def test_all_commands_in_a_row(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # one lesson fails: it is named, the other is built all the same, and the command fails
    assert run(root, "build") == 1
    out, err = capsys.readouterr()
    assert "01_one: built in" in out
    assert "notebooks/sources/02_two.md:6: ZeroDivisionError" in err
    assert run(root, "check") == 1
    assert "02_two.ipynb: not built" in capsys.readouterr().err
    assert run(root, "check", "01") == 0
    assert "1 lessons checked: no faults" in capsys.readouterr().out
    assert run(root, "build", "notebooks/sources/01_one.md") == 0
    assert "up to date" in capsys.readouterr().out
    assert run(root, "build", "01", "--all") == 0
    assert "built in" in capsys.readouterr().out
    assert run(root, "solved", "01_one") == 0
    assert (root / "build" / "solved" / "01_one.ipynb").exists()
    assert run(root, "adopt", str(root / "notebooks" / "01_one.ipynb")) == 0
    assert "nothing to adopt" in capsys.readouterr().out


def test_solved_lessons_side_by_side(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(root, "solved", "--jobs", "2") == 1
    out, err = capfd.readouterr()
    assert "01_one: solved in" in out
    assert "notebooks/sources/02_two.md:6: ZeroDivisionError" in err


def test_an_unknown_lesson(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "build", "07") == 1
    assert "no lesson is called '07'; there are: 01_one, 02_two" in capsys.readouterr().err
