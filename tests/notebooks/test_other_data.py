"""What a lesson says is one argument away is: its training takes the larger sets as they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from course_utils import ops
from course_utils.authoring.exercise_cells import course_catalogue
from course_utils.authoring.lesson_files import all_lessons, course_root
from course_utils.authoring.lesson_source import read_lesson
from course_utils.authoring.render import render
from course_utils.data import Dataset


@pytest.fixture(autouse=True)
def _settings_are_put_back() -> Iterator[None]:
    """Undo what the first cell of a lesson sets for its whole process: style and threads."""
    threads = ops.get_num_threads()
    with mpl.rc_context():
        yield
    ops.set_num_threads(threads)


def names_of_lesson(number: str, *beginnings: str) -> dict[str, Any]:
    """Execute the cells of a lesson that hold the given words, and return what they define."""
    lesson = next(found for found in all_lessons(course_root()) if found.number == number)
    cells = render(read_lesson(lesson)[1], lesson.name, course_catalogue).notebook.cells
    defined: dict[str, Any] = {}
    for words in beginnings:
        code = next(c.source for c in cells if c.cell_type == "code" and words in c.source)
        exec(code, defined)
    return defined


def test_lesson_10_trains_on_pictures_of_cifar_10s_format() -> None:
    rng = np.random.default_rng(0)
    x = rng.random((40, 3, 32, 32), dtype=np.float32)
    y = rng.integers(0, 10, size=40)
    photographs = Dataset(x[:36], y[:36], x[36:], y[36:], tuple("abcdefghij"), "drawn here")
    lesson = names_of_lesson("10", "import itertools", "def train(")
    losses = lesson["train"](lesson["resnet"](8, in_channels=3), dataset=photographs, steps=2)
    assert losses.shape == (2,)
    assert np.isfinite(losses).all()
