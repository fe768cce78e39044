"""Every lesson keeps to the rules, and README, sources, notebooks and exercises agree."""

from __future__ import annotations

import re

import pytest

from course_utils.authoring.check import check
from course_utils.authoring.exercise_cells import course_catalogue
from course_utils.authoring.lesson_files import Lesson, all_lessons, course_root
from course_utils.authoring.lesson_source import read_lesson
from course_utils.authoring.notebook_files import read_notebook
from course_utils.authoring.outputs import output_texts
from course_utils.authoring.render import render
from course_utils.exercises import Exercise, all_exercises
from tests.notebooks import rules

ROOT = course_root()
LESSONS = all_lessons(ROOT)
# lesson 00 has one exercise only, to show how it answers
WITH_EXERCISES = [lesson.number for lesson in LESSONS if lesson.number > "00"]
ROW = re.compile(
    r"^\| \[(\d\d) ([^\]]+)\]\((notebooks/[^)]+\.ipynb)\) \| .+ \| (\d+) \|$", re.MULTILINE
)

every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


def cells_of(lesson: Lesson) -> list[rules.Cell]:
    """Return the cells of a lesson as a reader sees them, exercises written out."""
    _, source = read_lesson(lesson)
    rendered = render(source, lesson.name, course_catalogue)
    return [
        rules.Cell(cell.cell_type, cell.source, tuple(cell.metadata.get("tags", ())), line)
        for cell, line in zip(rendered.notebook.cells, rendered.lines, strict=True)
    ]


def exercises_in(lesson: Lesson) -> list[str]:
    return read_lesson(lesson)[1].exercises


@every_lesson
def test_every_equation_is_executed(lesson: Lesson) -> None:
    assert rules.unchecked_equations(cells_of(lesson), int(lesson.number)) == []


@every_lesson
def test_a_sentence_stands_before_every_cell(lesson: Lesson) -> None:
    assert rules.code_without_words(cells_of(lesson)) == []


@every_lesson
def test_no_cell_scrolls(lesson: Lesson) -> None:
    assert rules.long_cells(cells_of(lesson)) == []


@every_lesson
def test_the_tone_is_calm(lesson: Lesson) -> None:
    assert rules.exclamations(cells_of(lesson)) == []


@every_lesson
def test_every_prediction_comes_before_its_answer(lesson: Lesson) -> None:
    cells = cells_of(lesson)
    assert rules.open_predictions(cells) == []
    notebook = read_notebook(lesson.notebook)
    for cell in notebook.cells:
        if "predict" in cell.metadata.get("tags", ()):
            printed = [text for output in cell.outputs for _, text in output_texts(output)]
            told = [text for text in printed[:1] if rules.told_by_the_first_line(text)]
            assert told == [], "print a heading first: the first line shows above the fold"


@every_lesson
def test_folded_explanations_stand_apart(lesson: Lesson) -> None:
    assert rules.crowded_folds(cells_of(lesson)) == []


@every_lesson
def test_every_output_is_compared(lesson: Lesson) -> None:
    assert rules.uncompared(cells_of(lesson)) == []


def test_lessons_are_numbered_from_00_without_a_gap() -> None:
    assert LESSONS  # an empty folder would pass every test above
    assert [lesson.number for lesson in LESSONS] == [f"{n:02d}" for n in range(len(LESSONS))]


def test_source_and_notebook_one_to_one() -> None:
    notebooks = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks == [lesson.name for lesson in LESSONS]


def test_stored_notebooks_are_what_their_sources_say() -> None:
    assert check(ROOT, LESSONS) == []


def test_every_exercise_stands_in_one_lesson() -> None:
    placed = [exercise for lesson in LESSONS for exercise in exercises_in(lesson)]
    assert sorted(placed) == sorted(exercise.id for exercise in all_exercises())
    assert len(placed) == len(set(placed))


@every_lesson
def test_exercises_stand_in_their_own_lesson(lesson: Lesson) -> None:
    assert [e for e in exercises_in(lesson) if not e.startswith(lesson.number)] == []


@pytest.mark.parametrize("number", WITH_EXERCISES)
def test_enough_exercises(number: str) -> None:
    (lesson,) = (lesson for lesson in LESSONS if lesson.number == number)
    assert len(exercises_in(lesson)) >= 4


@pytest.mark.parametrize(
    "exercise",
    [e for e in all_exercises() if e.id[:2] in WITH_EXERCISES],
    ids=lambda exercise: exercise.id,
)
def test_an_exercise_asks_enough_and_knows_its_mistakes(exercise: Exercise) -> None:
    assert len(exercise.misconceptions) >= 3
    assert len(exercise.cases) >= 4


def test_the_table_in_the_readme() -> None:
    """Each lesson once, in order: number, title, file and minutes."""
    rows = ROW.findall((ROOT / "README.md").read_text())
    assert rows == [
        (
            lesson.number,
            found_in(lesson, r"^# (?:\d+ · )?(.+)$"),
            str(lesson.notebook.relative_to(ROOT)),
            found_in(lesson, r"\*\*Time\*\* (?:about )?(\d+) minutes"),
        )
        for lesson in LESSONS
    ]


def found_in(lesson: Lesson, pattern: str) -> str:
    """Return what the first group of `pattern` matches in a lesson's source."""
    found = re.search(pattern, lesson.source.read_text(), re.MULTILINE)
    assert found, f"{lesson.name} has nothing like {pattern}"
    return str(found.group(1)).strip()
