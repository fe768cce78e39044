"""The cells that one exercise becomes: its task, its stub, its hints and solution.

All of their text comes from the exercise itself, except the prose of the task, which is written in
the lesson. So there is one copy of each. The text of stub and solution is made in
``course_utils.exercises``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ExerciseText:
    """What a lesson shows of an exercise."""

    id: str
    title: str
    minutes: int
    difficulty: int
    hints: tuple[str, ...]
    stub: str
    solution: str
    module: Path


Catalogue = Callable[[str], ExerciseText]
"""Finds an exercise by its id; raises `LookupError` for one that does not exist."""


def course_catalogue(exercise_id: str) -> ExerciseText:
    """Look up an exercise of the course."""
    import inspect

    from course_utils import exercises

    found = exercises.get(exercise_id)
    return ExerciseText(
        id=found.id,
        title=found.title,
        minutes=found.minutes,
        difficulty=found.difficulty,
        hints=tuple(found.hints),
        stub=exercises.stub_source(found).strip("\n"),
        solution=exercises.solution_source(found).strip("\n"),
        module=Path(inspect.getsourcefile(found.reference) or "").resolve(),
    )


def heading(exercise: ExerciseText, position: int) -> str:
    """Return the heading of the `position`-th exercise of a lesson, with minutes and difficulty."""
    number = int(exercise.id.split(".", 1)[0])
    minutes = "1 minute" if exercise.minutes == 1 else f"{exercise.minutes} minutes"
    return (
        f"### Exercise {number}.{position}: {exercise.title}\n\n"
        f"*{minutes} · difficulty {exercise.difficulty} of 3*"
    )


def task(exercise: ExerciseText, position: int, prose: str) -> str:
    """Return the markdown above the stub, its prose in a box."""
    return "\n\n".join(part for part in (heading(exercise, position), boxed(prose)) if part)


# A quotation is the one box that every front end draws, in light and dark themes. The blank lines
# make the Markdown inside render as Markdown.
_BOX = ("<blockquote>\n\n", "\n\n</blockquote>")


def boxed(prose: str) -> str:
    """Put prose into a box."""
    return prose and prose.join(_BOX)


def unboxed(text: str) -> str:
    """Return the prose in a box; text without one stays as it is."""
    return text.removeprefix(_BOX[0]).removesuffix(_BOX[1])


def code(exercise: ExerciseText, solved: bool) -> str:
    """Return the code cell: the stub, or the solution in the solved variant."""
    decorator = f'@exercise("{exercise.id}")\n'
    function = exercise.solution if solved else exercise.stub
    return function if function.startswith("@") else decorator + function


def notes(exercise: ExerciseText) -> str:
    """Return the folded hints and the folded solution below the stub."""
    count = len(exercise.hints)
    folds = [
        _fold(f"Hint {i} of {count}", hint.strip())
        for i, hint in enumerate(exercise.hints, start=1)
    ]
    folds.append(_fold("Solution", f"```python\n{code(exercise, solved=True)}\n```"))
    return "\n\n".join(folds)


def _fold(summary: str, body: str) -> str:
    # The blank lines make the Markdown inside render as Markdown.
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"
