"""A fresh progress file and fresh memories for every test of the exercises."""

from __future__ import annotations

import pathlib

import numpy as np
import numpy.typing as npt
import pytest

from course_utils.exercises import Case, Exercise, Misconception, decorator, hints, progress_file

Array = npt.NDArray[np.float64]


@pytest.fixture(autouse=True)
def progress_json(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    path = tmp_path / "progress" / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    monkeypatch.setattr(progress_file, "_session", {})
    monkeypatch.setattr(progress_file, "_unwritable", set())
    monkeypatch.setattr(hints, "_shown", {})
    monkeypatch.setattr(decorator, "_told", set())
    return path


def running_sum(x: Array, scale: float = 1.0) -> Array:
    """Running sums of x (N,), times `scale`: shape (N,)."""
    N = len(x)
    y = np.zeros(N)
    total = 0.0
    for n in range(N):
        total += x[n]  # the sum of x[0], …, x[n]
        y[n] = scale * total
    return y


def _excludes_itself(x: Array, scale: float = 1.0) -> Array:
    return running_sum(x, scale) - scale * x


def _forgets_the_scale(x: Array, scale: float = 1.0) -> Array:
    return running_sum(x)


def _runs_backwards(x: Array, scale: float = 1.0) -> Array:
    return running_sum(x[::-1], scale)


def _always_raises(x: Array, scale: float = 1.0) -> Array:
    raise KeyError("scale")


@pytest.fixture(scope="session")
def toy() -> Exercise:
    """An exercise from arrays to arrays, with a keyword."""
    return Exercise(
        id="99.running_sum",
        title="Running sums",
        minutes=3,
        difficulty=1,
        reference=running_sum,
        cases=[
            Case(np.array([1.0, 2.0, 4.0]), note="1, 1 + 2 = 3, 1 + 2 + 4 = 7"),
            Case(np.array([1, 2, 4]), scale=0.5),
            Case.random(lambda rng: (rng.normal(size=6),), seed=1, scale=2.0),
            Case.random(lambda rng: (rng.normal(size=9),), seed=2),
        ],
        misconceptions=[
            Misconception("each sum leaves out its own item", _excludes_itself, "Add x[n] first."),
            Misconception("the scale is forgotten", _forgets_the_scale, "Multiply by `scale`."),
            Misconception("the sum runs backwards", _runs_backwards, "Start at x[0]."),
            Misconception("it asks for a key", _always_raises, "There is no dict here."),
        ],
        hints=[
            "Keep a total.",
            "Add, then store.",
            "`total += x[n]`, then `y[n] = scale * total`.",
        ],
        seconds=0.5,
    )


def half(n: int) -> int:
    """Half of n, rounded down."""
    return n // 2


@pytest.fixture(scope="session")
def whole() -> Exercise:
    """An exercise whose answer is a whole number."""
    return Exercise(
        id="99.half",
        title="Halves",
        minutes=1,
        difficulty=1,
        reference=half,
        cases=[Case(6, note="6 / 2"), Case(7), Case(1), Case(0)],
        misconceptions=[
            Misconception("rounds up", lambda n: -(-n // 2), "Down."),
            Misconception("doubles", lambda n: 2 * n, "Halve."),
            Misconception("does nothing", lambda n: n, "Halve."),
        ],
        hints=["Which operator divides whole numbers?", "`//`"],
        seconds=0.5,
    )
