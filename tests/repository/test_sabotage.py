"""Four ways to spoil the course, each in a copy of it: every one turns a test red.

The same commands pass in the untouched copy, so each failure is due to its sabotage.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_utils.authoring.digests import digest_outputs
from course_utils.authoring.lesson_files import course_root
from course_utils.authoring.notebook_files import read_notebook, write_notebook

LESSON = "03_output_size"
EXERCISE = "03.output_size"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy what the tests below run; the course itself is not touched."""
    root = course_root()
    for folder in ("course_utils", "notebooks", "tests/lessons"):
        shutil.copytree(
            root / folder,
            tmp_path / folder,
            ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"),
        )
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(root / name, tmp_path)
    return tmp_path


def run(copy: Path, *arguments: str) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["COURSE_PROGRESS"] = str(copy / "progress.json")
    result = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    return result.returncode, result.stdout + result.stderr


def check(copy: Path) -> tuple[int, str]:
    return run(copy, "course_utils.authoring", "check", LESSON[:2])


def prove(copy: Path) -> tuple[int, str]:
    return run(
        copy,
        *["pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "-k", EXERCISE],
        "tests/lessons/test_every_exercise.py",
    )


def nbval(copy: Path) -> tuple[int, str]:
    return run(
        copy,
        *["pytest", "-q", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"],
        *["-p", "no:cacheprovider", "-n", "0", "--override-ini", "addopts="],
        f"notebooks/{LESSON}.ipynb",
    )


def shorten_an_output(path: Path) -> str:
    """Delete one character of the first text that a cell of the notebook printed."""
    raw = json.loads(path.read_text())
    output = next(
        output
        for cell in raw["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream" and "exercise" not in "".join(cell["source"])
    )
    text = "".join(output["text"]).rstrip("\n")
    output["text"] = text[:-1] + "\n"
    path.write_text(json.dumps(raw, indent=1) + "\n")
    return text


def spoil_exercise(copy: Path, change: str) -> None:
    """Let the last lines of the exercise's own file change it."""
    lesson, name = EXERCISE.split(".")
    path = copy / "course_utils" / "lessons" / f"lesson_{lesson}" / f"{name}.py"
    with path.open("a") as file:
        file.write(f"\nimport dataclasses\nEXERCISE = dataclasses.replace(EXERCISE, {change})\n")


def test_untouched_everything_passes(copy: Path) -> None:
    code, text = check(copy)
    assert code == 0, text
    code, text = prove(copy)
    assert code == 0, text
    passed = re.search(r"(\d+) passed", text)
    assert passed is not None
    assert int(passed[1]) > 15


def test_one_character_of_a_stored_output(copy: Path) -> None:
    shorten_an_output(copy / "notebooks" / f"{LESSON}.ipynb")
    code, text = check(copy)
    assert code == 1
    assert "its stored outputs were changed after it was built" in text


def test_one_character_of_a_stored_output_with_its_record_forged(copy: Path) -> None:
    """Also somebody who writes the digest anew is found, by running the notebook."""
    path = copy / "notebooks" / f"{LESSON}.ipynb"
    printed = shorten_an_output(path)
    notebook = read_notebook(path)
    notebook.metadata.course.outputs = digest_outputs(notebook)
    write_notebook(notebook, path)
    assert check(copy)[0] == 0
    code, text = nbval(copy)
    assert code == 1
    assert re.search(r"\b\d+ failed, \d+ passed", text), text
    assert f"- {printed.splitlines()[-1]}" in text


def test_one_number_of_a_source(copy: Path) -> None:
    path = copy / "notebooks" / "sources" / f"{LESSON}.md"
    text = path.read_text()
    number = re.search(r"(?<=range\()\d+", text)
    assert number is not None
    changed = str(int(number.group()) + 1)
    path.write_text(text[: number.start()] + changed + text[number.end() :])
    code, said = check(copy)
    assert code == 1
    assert re.search(rf"{LESSON}\.md:\d+: the stored notebook's source differs here", said)


def test_an_exercise_without_cases(copy: Path) -> None:
    spoil_exercise(copy, "cases=[]")
    for code, text in (prove(copy), check(copy)):
        assert code != 0
        assert re.search(rf"{EXERCISE}.* case", text), text[-2000:]


def test_a_misconception_that_passes(copy: Path) -> None:
    spoil_exercise(
        copy,
        "misconceptions=[dataclasses.replace(EXERCISE.misconceptions[0],"
        " function=EXERCISE.reference), *EXERCISE.misconceptions[1:]]",
    )
    code, text = prove(copy)
    assert code == 1
    assert "test_every_misconception_fails_and_is_named" in text
