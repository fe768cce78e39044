"""The table of what is done, as text and as HTML."""

from __future__ import annotations

import pytest

from course_utils.exercises import Exercise, progress, progress_table, registry
from course_utils.exercises.outcome import Kind
from course_utils.exercises.progress_file import keep
from course_utils.exercises.progress_table import Table, course_table, lesson_table


@pytest.fixture(autouse=True)
def two_lessons(monkeypatch: pytest.MonkeyPatch, toy: Exercise, whole: Exercise) -> None:
    found = {"98": (whole,), "99": (toy, whole)}
    original = registry.lesson_exercises

    monkeypatch.setattr(progress_table, "lessons", lambda: ("98", "99"))
    monkeypatch.setattr(
        progress_table,
        "lesson_exercises",
        lambda lesson: found[lesson] if lesson in found else original(lesson),
    )


def test_the_course() -> None:
    keep("99.half", Kind.CORRECT)
    keep("99.running_sum", Kind.INCORRECT)
    assert str(course_table()) == (
        "Exercises done: 2 of 3\n"
        "lesson  done\n"
        "98      1 of 1  ██████████\n"
        "99      1 of 2  █████░░░░░"
    )


def test_one_lesson() -> None:
    keep("99.running_sum", Kind.INCORRECT)
    assert str(lesson_table("99")) == (
        "Lesson 99: 0 of 2 exercises done  ░░░░░░░░░░\n"
        "exercise        title         state  time   difficulty\n"
        "99.running_sum  Running sums  tried  3 min  practice\n"
        "99.half         Halves        open   1 min  practice"
    )
    keep("99.running_sum", Kind.CORRECT)
    assert "99.running_sum  Running sums  done" in str(lesson_table(99))


@pytest.mark.parametrize("lesson", ["97", 97, "x", ""])
def test_a_lesson_without_exercises_is_a_line(lesson: str | int) -> None:
    text = str(lesson_table(lesson))
    assert text.startswith("No lesson '")
    assert "\n" not in text


def test_html_is_escaped_and_has_headings() -> None:
    table = Table("a < b", ("x & y",), (("<script>",),), "note <b>")
    html = table.as_html()
    assert "<script>" not in html
    for part in ("a &lt; b", "x &amp; y", "&lt;script&gt;", "note &lt;b&gt;", 'scope="col"'):
        assert part in html
    assert table._repr_mimebundle_() == {"text/plain": str(table), "text/html": html}


def test_it_is_printed_where_there_is_no_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    progress()
    progress("99")
    shown = capsys.readouterr().out
    assert "Exercises done: 0 of 3" in shown
    assert "Lesson 99: 0 of 2" in shown


def test_a_warning_stands_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_table, "states", lambda: ({}, "The file was damaged."))
    assert str(course_table()).endswith("\nThe file was damaged.")
    assert "The file was damaged." in course_table().as_html()
