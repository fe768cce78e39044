"""Finding lessons by whatever an author types."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lesson_files import Lesson, all_lessons, course_root, find_lessons


@pytest.fixture
def root(tmp_path: Path) -> Path:
    sources = tmp_path / "notebooks" / "sources"
    sources.mkdir(parents=True)
    for name in ("02_two", "01_one", "10_ten"):
        (sources / f"{name}.md").write_text(f"# {name}\n")
    return tmp_path


def test_lessons_are_those_with_a_source_in_order(root: Path) -> None:
    assert [lesson.name for lesson in all_lessons(root)] == ["01_one", "02_two", "10_ten"]
    assert [lesson.number for lesson in all_lessons(root)] == ["01", "02", "10"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([], ["01_one", "02_two", "10_ten"]),
        (["10", "01"], ["01_one", "10_ten"]),
        (["02_two", "02"], ["02_two"]),
        (["notebooks/sources/01_one.md", "notebooks/10_ten.ipynb"], ["01_one", "10_ten"]),
    ],
)
def test_a_lesson_is_found_by_number_name_or_path(
    root: Path, names: list[str], found: list[str]
) -> None:
    assert [lesson.name for lesson in find_lessons(names, root)] == found


def test_an_unknown_lesson_lists_those_there_are(root: Path) -> None:
    with pytest.raises(AuthoringError, match=r"no lesson is called '7'; there are: 01_one, 02_two"):
        find_lessons(["7"], root)


def test_paths_are_shown_from_the_root_of_the_course(root: Path) -> None:
    lesson = Lesson("01_one", root)
    assert lesson.shown(lesson.notebook) == Path("notebooks/01_one.ipynb")
    assert lesson.shown(lesson.solved) == Path("build/solved/01_one.ipynb")
    assert lesson.shown(Path("/elsewhere/x.ipynb")) == Path("/elsewhere/x.ipynb")


def test_the_course_root_holds_package_and_lessons() -> None:
    assert (course_root() / "course_utils" / "authoring" / "lesson_files.py").is_file()
    assert all_lessons(course_root())
