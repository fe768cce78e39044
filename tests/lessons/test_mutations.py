"""What ``make mutations`` changes, and that a gap in the cases shows."""

from __future__ import annotations

import dataclasses

import pytest

from course_utils import exercises
from course_utils.exercises import solution_source
from tests.lessons.mutations import accepted, changes, explained, without_docstring

WINDOWS = """
def count(x, F):
    n = 0
    for i in range(len(x) - F + 1):
        if x[i : i + F].sum(axis=(0, 2)) > 0:
            n += 1
    return n
"""


@pytest.mark.parametrize(
    "became",
    [
        "for i in range(len(x) - F + 1 - 1):",
        "for i in range(1, len(x) - F + 1):",
        "if x[i:i + F - 1].sum(axis=(0, 2)) > 0:",
        "if x[i:i + F].sum(axis=(0, 2)) >= 0:",
        "if x[i:i + F].sum(axis=(0, 2)) < 0:",
        "if x[i:i + F].sum(axis=(0, 2)) > 0 + 1e-09:",
        "if x[i:i + F].sum(axis=(0, 2)) > 0 - 1e-12:",
        "if x[i:i + F].sum(axis=(1, 2)) > 0:",
        "if x[i:i + F].sum(axis=(0,)) > 0:",
        "if x[i:i + F].mean(axis=(0, 2)) > 0:",
        "if True:",
        "n -= 1",
    ],
)
def test_a_function_is_changed_in_one_place_at_a_time(became: str) -> None:
    found = [change for change in changes(WINDOWS) if change.became == became]
    assert len(found) == 1
    assert became in " ".join(found[0].source.split("\n")).replace("    ", "")


def test_no_change_comes_twice_or_changes_nothing() -> None:
    sources = [change.source for change in changes(WINDOWS)]
    assert len(sources) == len(set(sources)) > 40
    assert without_docstring(WINDOWS) not in sources


def test_a_case_that_is_missing_shows() -> None:
    kink = exercises.get("07.relu_backward")
    source = solution_source(kink)
    assert not accepted(kink, source)[0]
    first_only = dataclasses.replace(kink, cases=kink.cases[:1])
    assert {"return g * (y > 0 + 1e-12)", "return g * (y > 0 + 1e-09)"} <= {
        change.became for change in accepted(first_only, source)[0]
    }


@pytest.mark.parametrize("id", sorted({id for id, _, _ in explained()}))
def test_every_explanation_is_of_a_change_that_is_made(id: str) -> None:
    source = without_docstring(solution_source(exercises.get(id)))
    made = {(change.line, change.became) for change in changes(source)}
    told = {key[1:]: why for key, why in explained().items() if key[0] == id}
    assert told.keys() <= made
    assert all(why.strip() for why in told.values())
