"""Stub and solution are the reference, word for word."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from course_utils.exercises import Exercise, solution_source, stub_source


def test_the_solution_is_the_reference_as_it_is_written(toy: Exercise) -> None:
    solution = solution_source(toy)
    assert solution.startswith("def running_sum(x, scale=1.0):\n")
    assert "        total += x[n]  # the sum of x[0], …, x[n]\n" in solution
    assert solution.endswith("    return y")
    assert solution_source(toy, decorated=True) == f'@exercise("99.running_sum")\n{solution}'


def test_the_stub_has_the_first_line_and_the_docstring(toy: Exercise) -> None:
    assert stub_source(toy) == (
        '@exercise("99.running_sum")\n'
        "def running_sum(x, scale=1.0):\n"
        '    """Running sums of x (N,), times `scale`: shape (N,)."""\n'
        "    ..."
    )


MANY_LINES = '''\
@exercise("99.running_sum")
def running_sum(
    x: Any,
    scale: float = 1.0,
) -> Any:
    """Running sums.

    Each with its own item.
    """
    ...'''


def test_a_signature_and_a_docstring_of_many_lines_are_shown_whole(toy: Exercise) -> None:
    def running_sum(
        x: Any,
        scale: float = 1.0,
    ) -> Any:
        """Running sums.

        Each with its own item.
        """
        return scale * np.cumsum(x)

    assert stub_source(dataclasses.replace(toy, reference=running_sum)) == MANY_LINES


def test_what_is_shown_runs(toy: Exercise) -> None:
    names: dict[str, Any] = {"np": np, "exercise": lambda id: lambda function: function}
    exec(solution_source(toy, decorated=True), names)
    assert names["running_sum"](np.array([1.0, 2.0])).tolist() == [1.0, 3.0]
    exec(stub_source(toy), names)
    assert names["running_sum"](np.array([1.0, 2.0])) is None
