"""What git says no to is not what git could not do."""

from __future__ import annotations

import pytest

from course_utils.updating.cells import record
from course_utils.updating.repository import GitError
from tests.updating.conftest import FIRST, Course, first_version, git, second_version


def test_an_answer_is_not_a_failure(course: Course) -> None:
    repository = course.repository
    git(course.learner, "commit", "--quiet", "--allow-empty", "-m", "Mine")
    assert repository.is_ancestor("HEAD~1", "HEAD")
    assert not repository.is_ancestor("HEAD", "HEAD~1")
    with pytest.raises(GitError, match="nonsense"):
        repository.is_ancestor("nonsense", "HEAD")
    assert repository.commit("nonsense") is None


def test_the_version_that_a_copy_came_from(course: Course) -> None:
    course.publish({FIRST: second_version()})
    git(course.learner, "pull", "--quiet")
    repository = course.repository
    found = {
        name: repository.version_with(record(notebook), "HEAD", FIRST)
        for name, notebook in [("first", first_version()), ("second", second_version())]
    }
    assert found == {
        "first": git(course.learner, "rev-parse", f"HEAD~1:{FIRST}"),
        "second": git(course.learner, "rev-parse", f"HEAD:{FIRST}"),
    }
    assert repository.version_with({"lesson": "another"}, "HEAD", FIRST) is None
