"""A course of one small lesson in a temporary folder, with an exercise made for the purpose."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_utils.authoring.build import build
from course_utils.authoring.exercise_cells import Catalogue, ExerciseText
from course_utils.authoring.lesson_files import Lesson

SOURCE = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
---

# A small lesson

Its first  line keeps two spaces.


+++

A second cell: $y[t] = \\sum_a x[t-a]\\,w[a]$.

```{code-cell} ipython3
:tags: [hide]

def exercise(name):
    def keep(f):
        print(f"{name}: correct" if f() else f"{name}: not attempted")
        return f
    return keep
```
No blank line stands above this paragraph.

```{code-cell} ipython3
import os

print(sorted({"b", "a", "c"}), os.path.basename(os.environ["COURSE_PROGRESS"]))
1 + 1
```

The task follows.

:::{exercise} 01.toy
Do *this*.

And that.
:::

After the exercise.

+++ {"tags": ["note"]}

The last cell.
"""


def module_of(root: Path) -> Path:
    """Return the file of the exercise, which only its digest reads."""
    return root / "course_utils" / "lessons" / "lesson_01" / "toy.py"


def write_course(root: Path) -> Lesson:
    """Write the lesson's source and the module of its exercise."""
    made = Lesson("01_small", root)
    made.source.parent.mkdir(parents=True)
    made.source.write_text(SOURCE)
    module_of(root).parent.mkdir(parents=True)
    module_of(root).write_text("EXERCISE = None\n")
    return made


def catalogue_of(root: Path) -> Catalogue:
    """Return a catalogue that knows one exercise, ``01.toy``."""

    def find(exercise_id: str) -> ExerciseText:
        if exercise_id != "01.toy":
            raise LookupError(f"there is no exercise {exercise_id!r}")
        return ExerciseText(
            id="01.toy",
            title="A toy",
            minutes=5,
            difficulty=2,
            hints=("Think.", "Return `True`."),
            stub='@exercise("01.toy")\ndef toy():\n    """Return True."""\n    ...',
            solution='def toy():\n    """Return True."""\n    return True',
            module=module_of(root),
        )

    return find


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    """Return a lesson whose source is written and whose notebook is not built yet."""
    return write_course(tmp_path)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """Return the catalogue of the lesson in ``tmp_path``."""
    return catalogue_of(tmp_path)


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built")
    build(write_course(root), catalogue_of(root), say=lambda line: None)
    return root


@pytest.fixture
def built(lesson: Lesson, _built_once: Path) -> Lesson:
    """Return the lesson with its notebook; it is executed once for all tests."""
    shutil.copy(Lesson(lesson.name, _built_once).notebook, lesson.notebook)
    return lesson
