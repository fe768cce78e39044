"""Finding exercises by id, and the mistakes an author can make in a lesson's list."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import types

import pytest

from course_utils.exercises import Exercise, registry
from course_utils.exercises.registry import UnknownExercise, get, lesson_exercises


class Lesson(types.ModuleType):
    EXERCISES: list[Exercise]


@pytest.fixture
def lesson(monkeypatch: pytest.MonkeyPatch, toy: Exercise, whole: Exercise) -> Lesson:
    """A lesson 99 with the two toys."""
    module = Lesson("course_utils.lessons.lesson_99")
    module.EXERCISES = [toy, whole]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    known = registry.lessons()
    monkeypatch.setattr(registry, "lessons", lambda: (*known, "99"))
    return module


@pytest.mark.usefixtures("lesson")
def test_an_exercise_is_found_by_its_id(toy: Exercise) -> None:
    assert get("99.running_sum") is toy
    assert get(toy) is toy
    assert toy in registry.all_exercises()


@pytest.mark.usefixtures("lesson")
@pytest.mark.parametrize(
    ("id", "nearest"),
    [
        ("99.runing_sum", "99.running_sum"),
        ("99.Half", "99.half"),
        ("98.running_sum", "99.running_sum"),
        ("running_sum", "99.running_sum"),
        ("99_running_sum", "99.running_sum"),
    ],
)
def test_the_nearest_id_is_suggested(id: str, nearest: str) -> None:
    with pytest.raises(UnknownExercise, match=f'Did you mean "{nearest}"'):
        get(id)


@pytest.mark.usefixtures("lesson")
def test_nothing_is_suggested_where_nothing_is_near() -> None:
    with pytest.raises(UnknownExercise, match=r"^there is no exercise 'zzz'\.$"):
        get("zzz")


def test_a_lesson_without_exercises() -> None:
    with pytest.raises(UnknownExercise, match="no lesson '98' has exercises"):
        lesson_exercises("98")


@pytest.mark.parametrize("fault", ["empty", "twice", "foreign"])
def test_a_faulty_list_is_refused(
    lesson: Lesson, toy: Exercise, whole: Exercise, fault: str
) -> None:
    foreign = dataclasses.replace(toy, id="98.running_sum")
    faulty = {"empty": [], "twice": [toy, toy], "foreign": [whole, foreign]}
    lesson.EXERCISES = faulty[fault]
    with pytest.raises(ValueError, match=r"lesson_99\.EXERCISES: expected distinct ids"):
        lesson_exercises("99")


def test_a_lesson_with_too_few_misconceptions_is_refused(lesson: Lesson, toy: Exercise) -> None:
    few = dataclasses.replace(toy, misconceptions=toy.misconceptions[:2])
    lesson.EXERCISES = [few]
    with pytest.raises(ValueError, match="it has 2 misconceptions, not 3 or more"):
        lesson_exercises("99")


def test_importing_the_package_imports_no_lesson_and_nothing_heavy() -> None:
    script = (
        "import sys, course_utils.exercises\n"
        "heavy = {'torch', 'IPython', 'scipy', 'matplotlib', 'platformdirs'}\n"
        "print(sorted(heavy & set(sys.modules)), "
        "[m for m in sys.modules if 'course_utils.lessons' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[] []\n"
