"""What a lesson says is one argument away is: its training takes the larger sets as they come."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils.authoring.exercise_cells import course_catalogue
from course_utils.authoring.lesson_files import all_lessons, course_root
from course_utils.authoring.lesson_source import read_lesson
from course_utils.authoring.render import render
from course_utils.data import Dataset


def names_of_lesson(number: str, *beginnings: str) -> dict[str, Any]:
    """Execute the cells of a lesson that hold the given words, and return what they define."""
    lesson = next(one for one in all_lessons(course_root()) if one.number == number)
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
    train = names_of_lesson("10", "import itertools", "def train(")["train"]
    losses, _ = train(8, 1.0, photographs, steps=2)
    assert losses.shape == (2,)
    assert np.isfinite(losses).all()
