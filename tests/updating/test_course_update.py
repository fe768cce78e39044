"""The update, in real repositories: the newest course is there, and every word of the learner's."""

from __future__ import annotations

import json
import os

import pytest

from course_utils.updating.__main__ import main
from tests.updating.conftest import (
    FIRST,
    SECOND,
    SOURCE,
    WRITTEN,
    Course,
    cell_of,
    code,
    commit,
    exercise,
    git,
    lesson,
    markdown,
    own,
    second_version,
    stub_of,
    work_in,
)


def update(course: Course, capsys: pytest.CaptureFixture[str], expected: int = 0) -> str:
    status = main(["--root", str(course.learner)])
    said = "".join(capsys.readouterr())
    assert status == expected, said
    assert "Traceback" not in said
    return said


def is_complete(course: Course) -> None:
    """Hold that the learner has the newest course, with all of `WRITTEN` in the lesson."""
    assert git(course.learner, "merge-base", "origin/main", "HEAD") == git(
        course.author, "rev-parse", "HEAD"
    )
    notebook = course.read()
    texts = [json.dumps(cell) for cell in notebook["cells"]]
    for word in WRITTEN:
        assert sum(word in text for text in texts) == 1, word
    assert cell_of(notebook, "A new paragraph.")
    assert "MY ANSWER" in stub_of(notebook, "01.full")["source"]
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


def test_answers_cells_and_outputs_move_into_the_changed_lesson(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.work()
    course.publish({FIRST: second_version()})
    before = course.lesson.read_bytes()
    said = update(course, capsys)
    is_complete(course)
    assert f"{FIRST}: 1 answer and 4 cells of yours are in the new lesson" in said
    assert "exercise 01.full has another stub now; look at your answer again" in said
    (copied,) = course.copies()
    assert copied.read_bytes() == before
    assert str(copied.relative_to(course.learner).parents[1]) in said
    assert "This is the newest course" in update(course, capsys)
    is_complete(course)
    assert course.copies() == [copied]


def test_without_work_the_course_moves_forward_and_no_copy_is_made(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.publish({FIRST: second_version()})
    said = update(course, capsys)
    assert course.read() == second_version()
    assert not (course.learner / "my-work").exists()
    assert "my-work" not in said


def test_a_lesson_that_the_course_did_not_change_keeps_every_byte(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.work()
    before = course.lesson.read_bytes()
    course.publish({SECOND: lesson("02_other", markdown("# 02 Another"))})
    said = update(course, capsys)
    assert f"{FIRST}: as you left it; the course has not changed it" in said
    assert course.lesson.read_bytes() == before
    assert course.read("02_other")["cells"][0]["source"] == "# 02 Another"
    assert [path.read_bytes() for path in course.copies()] == [before]


def test_a_lesson_that_was_only_run_becomes_the_new_one(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = course.read()
    cell_of(notebook, "x = [1")["outputs"] = []
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
    notebook["cells"].append(own("  ", name="d4d4d4d4"))
    course.write(notebook)
    course.publish({FIRST: second_version()})
    assert "you had written nothing of your own in it" in update(course, capsys)
    assert course.read() == second_version()


def test_what_has_no_place_is_named_and_kept(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.work()
    course.publish({FIRST: lesson("01_sum", markdown("# 01 Anew"), exercise("01.valid"))})
    said = update(course, capsys)
    assert "exercise 01.full is no longer in this lesson; your answer is in the copy" in said
    sources = [cell["source"] for cell in course.read()["cells"]]
    place = next(i for i, text in enumerate(sources) if "without a place" in text)
    assert sources[place + 1 :] == ["x = [4, 5, 6]  # MY NUMBERS", "MY TRIAL", "MY END"]
    assert sources[0] == "MY BEGINNING"
    assert "MY ANSWER" in course.copies()[0].read_text()


def test_a_renamed_lesson_is_followed(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    course.work()
    new = lesson("03_sum", *second_version()["cells"])
    course.publish({FIRST: None, "notebooks/03_sum.ipynb": new})
    # git calls it the same file only where most of it is
    said = update(course, capsys)
    assert not course.lesson.exists()
    if "no longer part" in said:
        pytest.fail("git no longer recognises the rename of this test")
    assert "MY ANSWER" in stub_of(course.read("03_sum"), "01.full")["source"]


def test_a_lesson_that_is_gone_stays_as_a_copy(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.work()
    course.publish({FIRST: None})
    said = update(course, capsys)
    assert f"{FIRST} is no longer part of the course" in said
    assert not course.lesson.exists()
    (copied,) = course.copies()
    assert str(copied.relative_to(course.learner)) in said
    assert all(word in copied.read_text() for word in WRITTEN)


@pytest.mark.parametrize("broken", ["", "{", "<<<<<<< HEAD\nMY ANSWER\n", "[]", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_any_more(
    course: Course, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    course.lesson.write_text(broken)
    said = update(course, capsys)
    assert "cannot be read as a notebook; the course's is in its place" in said
    assert [path.read_text() for path in course.copies()] == [broken]
    assert course.read()["cells"][0]["source"] == "# 01 The sum"
    assert "This is the newest course" in update(course, capsys)


def test_jupyterlab_that_saves_the_old_lesson_over_the_new(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.work()
    open_in_jupyterlab = course.read()
    course.publish({FIRST: second_version()})
    update(course, capsys)
    course.write(open_in_jupyterlab)
    assert f"{FIRST}: 1 answer and 4 cells of yours" in update(course, capsys)
    is_complete(course)


def test_own_sources_are_merged_line_by_line_or_kept_as_a_copy(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    source = course.learner / SOURCE
    text = source.read_text()
    source.write_text(text.replace("line 2\n", "MINE\n"))
    course.publish({SOURCE: text.replace("line 15\n", "NEW\n")})
    assert f"{SOURCE}: your changes are in the new version" in update(course, capsys)
    assert source.read_text() == text.replace("line 2\n", "MINE\n").replace("line 15\n", "NEW\n")
    course.publish({SOURCE: text.replace("line 2\n", "THEIRS\n")})
    assert "do not fit the new version, which is in its place" in update(course, capsys)
    assert source.read_text() == text.replace("line 2\n", "THEIRS\n")
    assert "MINE" in course.copies()[-1].read_text()


def test_files_in_the_way_of_new_ones(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    new = lesson("03_new", markdown("# 03 New"))
    (course.learner / "notebooks" / "03_new.ipynb").write_text("MY NOTES")
    (course.learner / "notes.txt").write_text("MY NOTES TOO")
    (course.learner / "staged.txt").write_text("MY STAGED")
    (course.learner / "mine.txt").write_text("MY OWN")
    git(course.learner, "add", "staged.txt")
    course.publish(
        {"notebooks/03_new.ipynb": new, "notes.txt": "theirs\n", "staged.txt": "theirs\n"}
    )
    said = update(course, capsys)
    assert course.read("03_new") == new
    assert (course.learner / "notes.txt").read_text() == "theirs\n"
    assert (course.learner / "mine.txt").read_text() == "MY OWN"
    assert {path.read_text() for path in course.copies()} == {
        "MY NOTES",
        "MY NOTES TOO",
        "MY STAGED",
    }
    assert "notebooks/03_new.ipynb: your file cannot be read" in said


def test_what_was_staged_and_then_changed_is_copied_too(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.learner / SOURCE).write_text("MY FIRST\n")
    git(course.learner, "add", SOURCE)
    (course.learner / SOURCE).write_text("MY SECOND\n")
    course.publish({SOURCE: "new\n"})
    update(course, capsys)
    assert {path.read_text() for path in course.copies()} == {"MY FIRST\n", "MY SECOND\n"}


def test_a_deleted_lesson_comes_back_new(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.lesson.unlink()
    course.publish({FIRST: second_version()})
    update(course, capsys)
    assert course.read() == second_version()


def test_own_commits_are_kept(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("name", "email"):
        git(course.learner, "config", f"user.{name}", "grace@example.org")
    source = (course.learner / SOURCE).read_text()
    changed = source.replace("line 2\n", "MINE\n")
    notebook = work_in(course.read())
    late = stub_of(notebook, "01.valid")
    commit(course.learner, {FIRST: notebook, SOURCE: changed, "mine.txt": "MY OWN"}, "Mine")
    mine = course.head()
    (course.learner / "staged.txt").write_text("MY STAGED")
    git(course.learner, "add", "staged.txt")
    late["source"] = "MY LATE ANSWER"
    course.write(notebook)
    course.publish({FIRST: second_version(), SOURCE: source.replace("line 15\n", "NEW\n")})
    assert "2 answers and 4 cells of yours" in update(course, capsys)
    is_complete(course)
    assert stub_of(course.read(), "01.valid")["source"] == "MY LATE ANSWER"
    assert git(course.learner, "merge-base", mine, "HEAD") == mine
    assert (course.learner / SOURCE).read_text() == changed.replace("line 15\n", "NEW\n")
    assert (course.learner / "mine.txt").read_text() == "MY OWN"
    assert (course.learner / "staged.txt").read_text() == "MY STAGED"
    assert "This is the newest course" in update(course, capsys)


def test_own_commits_that_meet_the_courses_leave_everything_as_it_was(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (course.learner / SOURCE).read_text()
    commit(course.learner, {SOURCE: source.replace("line 2\n", "MINE\n")}, "Mine")
    course.work()
    before, head = course.lesson.read_bytes(), course.head()
    course.publish({FIRST: second_version(), SOURCE: source.replace("line 2\n", "THEIRS\n")})
    said = update(course, capsys, 1)
    assert f"you and the course have changed {SOURCE}" in said
    assert "Everything is as it was" in said
    assert f"make update FROM={course.learner}" in said
    assert course.lesson.read_bytes() == before
    assert course.head() == head
    assert git(course.learner, "status", "--porcelain") == f"M {FIRST}"


@pytest.mark.parametrize("rebase", [False, True])
def test_after_a_pull_that_ended_in_conflict(
    course: Course, capsys: pytest.CaptureFixture[str], rebase: bool
) -> None:
    for name in ("name", "email"):
        git(course.learner, "config", f"user.{name}", "grace@example.org")
    # an older git, or another program, that does merge line by line
    (course.learner / ".git" / "info" / "attributes").write_text("*.ipynb merge=text\n")
    commit(course.learner, {FIRST: work_in(course.read())}, "Mine")
    course.publish({FIRST: second_version()})
    with pytest.raises(AssertionError):
        git(course.learner, "pull", "--quiet", "--rebase" if rebase else "--no-rebase")
    with pytest.raises(ValueError, match="Expecting"):
        course.read()
    assert f"A {'rebase' if rebase else 'merge'} was under way" in update(course, capsys)
    is_complete(course)


def test_after_a_stash_that_could_not_be_brought_back(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.learner / ".git" / "info" / "attributes").write_text("*.ipynb merge=text\n")
    course.work()
    course.publish({FIRST: second_version()})
    git(course.learner, "stash")
    git(course.learner, "pull", "--quiet")
    with pytest.raises(AssertionError):
        git(course.learner, "stash", "pop")
    with pytest.raises(ValueError, match="Expecting"):
        course.read()
    update(course, capsys)
    is_complete(course)


def test_git_pull_by_habit_leaves_no_half_merged_notebook(course: Course) -> None:
    """By the attributes of the course: a conflict, but no markers in the file."""
    commit(course.learner, {FIRST: work_in(course.read())}, "Mine")
    course.publish({FIRST: second_version()})
    with pytest.raises(AssertionError):
        git(course.learner, "pull", "--quiet", "--no-rebase")
    assert all(word in json.dumps(course.read()) for word in WRITTEN)


def test_a_detached_head_moves_forward(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    git(course.learner, "checkout", "--quiet", "--detach")
    course.work()
    course.publish({FIRST: second_version()})
    update(course, capsys)
    is_complete(course)


def test_a_branch_of_ones_own_gets_the_newest_course(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    git(course.learner, "switch", "--quiet", "--create", "mine")
    course.work()
    course.publish({FIRST: second_version()})
    update(course, capsys)
    is_complete(course)
    assert git(course.learner, "branch", "--show-current") == "mine"


def test_offline(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    course.work()
    before = course.lesson.read_bytes()
    course.remote.rename(course.remote.with_name("gone"))
    said = update(course, capsys, 1)
    assert "could not be fetched, and nothing has been changed. git says:" in said
    assert course.lesson.read_bytes() == before


def test_a_history_that_was_written_anew(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    git(course.author, "checkout", "--quiet", "--orphan", "anew")
    git(course.author, "commit", "--quiet", "-m", "Anew")
    git(course.author, "push", "--quiet", "--force", "origin", "anew:main")
    course.work()
    before = course.lesson.read_bytes()
    assert "have no commit in common" in update(course, capsys, 1)
    assert course.lesson.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.work()
    before = course.lesson.read_bytes()
    course.publish({FIRST: second_version()})
    course.lesson.parent.chmod(0o555)
    assert "Everything is as it was" in update(course, capsys, 1)
    assert course.lesson.read_bytes() == before
    course.lesson.parent.chmod(0o755)
    update(course, capsys)
    is_complete(course)


def test_a_read_only_lesson(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    course.work()
    course.lesson.chmod(0o444)
    course.publish({FIRST: second_version()})
    update(course, capsys)
    is_complete(course)


def test_names_that_git_would_read_as_patterns(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "notebooks/*.ipynb"
    course.work()
    before = course.lesson.read_bytes()
    course.publish({name: lesson("a", markdown("# A"), exercise("09.a"), code("1"))})
    update(course, capsys)
    path = course.learner / name
    path.write_text(path.read_text().replace("...", "MY ANSWER"))
    course.publish({name: lesson("a", markdown("# B"), exercise("09.a"), code("2"))})
    update(course, capsys)
    assert "MY ANSWER" in path.read_text()
    assert "# B" in path.read_text()
    assert course.lesson.read_bytes() == before
