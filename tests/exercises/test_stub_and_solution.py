"""Stub and solution are cut from the reference, and nothing else is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Exercise, solution_source, stub_source
from course_utils.exercises.stub_and_solution import plain_source

Array = np.ndarray


def every_kind_of_argument(
    x: Array,
    w: dict[str, tuple[int, ...]] = {"é": (1,)},  # noqa: B006
    *rest: int,
    mode: str = "full",
    step: int | None = None,
    plain=3,
    **more: Callable[[int], str],
) -> Array:
    """Say -> what: it does, é."""
    return len(x)


EVERY_KIND = '''\
def every_kind_of_argument(
    x,
    w={"é": (1,)},
    *rest,
    mode="full",
    step=None,
    plain=3,
    **more,
):
    """Say -> what: it does, é."""
    return len(x)'''


def a_body(x: Array, w: Array) -> tuple[Array, dict[str, int]]:
    """One line.

    And: more -> here.
    """
    # A comment: with -> an arrow.
    y: Array = np.zeros(3)  # the é stays
    count: dict[str, int]
    count = {"a: int": 1}  # type: ignore[assignment]

    def inner(σ: int, b: int = 2) -> str:  # noqa: PLC2401
        return f"{σ}: int -> {b}"

    pick: Callable[[int], int] = lambda v: v  # noqa: E731
    return y[: pick(2)], count if inner(1) else {}


A_BODY = '''\
def a_body(x, w):
    """One line.

    And: more -> here.
    """
    # A comment: with -> an arrow.
    y = np.zeros(3)  # the é stays
    count = {"a: int": 1}

    def inner(σ, b=2):
        return f"{σ}: int -> {b}"

    pick = lambda v: v
    return y[: pick(2)], count if inner(1) else {}'''


def wraps_over_lines(
    grad_output: Array, x: Sequence[Array], weight: Array, stride: int = 1
) -> tuple[Array, Array]:
    """Fits on one line without its annotations."""
    return x[0], weight


# fmt: off
def spaced_oddly( x : Array , w:Array=None , )   ->   Array :
    """Odd."""
    return x


def one_line(x: int) -> int: return x
# fmt: on


def decorator(function: Any) -> Any:
    return function


@decorator
def decorated(x: Array) -> Array:
    """Decorated."""
    return x


def test_every_kind_of_argument() -> None:
    assert plain_source(every_kind_of_argument).replace(",  # noqa: ANN001", ",") == EVERY_KIND


def test_comments_strings_and_inner_functions_stay() -> None:
    assert plain_source(a_body) == A_BODY


def test_a_signature_is_joined_where_it_fits() -> None:
    first, *_ = plain_source(wraps_over_lines).splitlines()
    assert first == "def wraps_over_lines(grad_output, x, weight, stride=1):"


@pytest.mark.parametrize("function", [spaced_oddly, one_line, decorated])
def test_odd_layouts_still_mean_the_same(function: Any) -> None:
    namespace: dict[str, Any] = {}
    exec(plain_source(function), namespace)
    assert namespace[function.__name__](4) == 4
    assert namespace[function.__name__].__annotations__ == {}
    assert plain_source(function).startswith("def ")


def test_the_stub_and_the_solution(toy: Exercise) -> None:
    assert stub_source(toy) == (
        '@exercise("99.running_sum")\n'
        "def running_sum(x, scale=1.0):\n"
        '    """Running sums of x (N,), times `scale`: shape (N,)."""\n'
        "    ..."
    )
    solution = solution_source(toy)
    assert solution.startswith("def running_sum(x, scale=1.0):\n")
    assert "# the sum of x[0], …, x[n]" in solution
    assert solution.endswith("return y")
    assert solution_source(toy, decorated=True) == f'@exercise("99.running_sum")\n{solution}'


def test_a_docstring_of_many_lines_is_shown_whole(toy: Exercise) -> None:
    def running_sum(x: Array) -> Array:
        """Running sums.

        Each with its own item.
        """
        return np.cumsum(x)

    cases = [case for case in toy.cases if not case.keywords]
    long = Exercise(
        toy.id, "Sums", 1, 1, running_sum, cases, toy.misconceptions, toy.hints, seconds=1.0
    )
    assert stub_source(long) == (
        '@exercise("99.running_sum")\n'
        "def running_sum(x):\n"
        '    """Running sums.\n\n    Each with its own item.\n    """\n'
        "    ..."
    )
