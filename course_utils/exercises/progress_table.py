"""The table of what is done, for the course or for one lesson."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .definition import Exercise
from .display import show_message
from .messages.notice import as_html, printable
from .progress_file import DONE, states
from .registry import UnknownExercise, lesson_exercises, lessons

_BAR = 10  # characters
_DIFFICULTY = {1: "practice", 2: "needs thought", 3: "stretches"}
_STATE = {"done": "done", "tried": "tried", "": "open"}


@dataclass(frozen=True)
class Table:
    """A table with a title, as text and as HTML."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def __str__(self) -> str:
        if not self.head:
            return printable(self.title)
        widths = [
            max(len(row[i]) for row in (self.head, *self.rows)) for i in range(len(self.head))
        ]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (self.head, *self.rows)
        ]
        return printable("\n".join([self.title, *lines, *([self.note] if self.note else [])]))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        """Write the table as HTML."""
        head = "".join(
            f'<th scope="col" style="text-align:left">{as_html(name)}</th>' for name in self.head
        )
        rows = "".join(
            "<tr>"
            + "".join(f'<td style="text-align:left">{as_html(cell)}</td>' for cell in row)
            + "</tr>"
            for row in self.rows
        )
        note = f"<div>{as_html(self.note)}</div>" if self.note else ""
        return (
            '<div style="color:var(--jp-ui-font-color0, inherit)"><table>'
            '<caption style="text-align:left;caption-side:top;font-weight:bold;color:inherit">'
            f"{as_html(self.title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{rows}</tbody></table>{note}</div>"
        )


def progress(lesson: str | int | None = None) -> None:
    """Show which exercises are done.

    Parameters
    ----------
    lesson : str or int, optional
        One lesson (``"01"``); without it, every lesson has a line.

    Examples
    --------
    ::

        progress()
        progress("01")
    """
    show_message(course_table() if lesson is None else lesson_table(lesson))


def course_table() -> Table:
    """Count what is done in each lesson."""
    known, warning = states()
    rows, done_in_all, in_all = [], 0, 0
    for lesson in lessons():
        exercises = lesson_exercises(lesson)
        done = _count_done(exercises, known)
        rows.append((lesson, f"{done} of {len(exercises)}", _bar(done, len(exercises))))
        done_in_all, in_all = done_in_all + done, in_all + len(exercises)
    title = f"Exercises done: {done_in_all} of {in_all}"
    return Table(title, ("lesson", "done", ""), tuple(rows), warning)


def lesson_table(lesson: str | int) -> Table:
    """List the exercises of one lesson and their state."""
    number = str(lesson).zfill(2) if lesson != "" else ""
    try:
        exercises = lesson_exercises(number)
    except UnknownExercise as error:
        return Table(f"{str(error)[:1].upper()}{str(error)[1:]}.", (), ())
    known, warning = states()
    rows = tuple(
        (
            exercise.id,
            exercise.title,
            _STATE.get(known.get(exercise.id, ""), "open"),
            f"{exercise.minutes} min",
            _DIFFICULTY[exercise.difficulty],
        )
        for exercise in exercises
    )
    done = _count_done(exercises, known)
    title = (
        f"Lesson {number}: {done} of {len(exercises)} exercises done  {_bar(done, len(exercises))}"
    )
    return Table(title, ("exercise", "title", "state", "time", "difficulty"), rows, warning)


def _count_done(exercises: Sequence[Exercise], known: dict[str, str]) -> int:
    return sum(known.get(exercise.id) == DONE for exercise in exercises)


def _bar(done: int, total: int) -> str:
    filled = _BAR * done // total
    return "█" * filled + "░" * (_BAR - filled)
