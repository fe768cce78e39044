"""A figure that an answer draws is shown once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from course_utils.exercises import Exercise
from course_utils.exercises.judge import judge
from tests.exercises.reading import right


@pytest.fixture(autouse=True)
def no_window() -> Iterator[None]:
    backend = mpl.get_backend()
    plt.switch_backend("agg")
    yield
    plt.close("all")
    plt.switch_backend(backend)


@pytest.mark.parametrize("begins", [plt.figure, lambda: None])
def test_the_first_cases_figure_stays_and_holds_nothing_else(toy: Exercise, begins: Any) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        begins()
        plt.plot(x)
        return right(x, scale)

    judge(toy, running_sum)
    assert len(plt.get_fignums()) == 1
    (line,) = plt.gca().lines
    assert np.asarray(line.get_ydata()).tolist() == [1.0, 2.0, 4.0]


def test_figures_from_before_stay_open(toy: Exercise) -> None:
    mine = plt.figure()

    def running_sum(x: Any, scale: float = 1.0) -> Any:
        plt.close("all") if len(x) > 6 else None
        return right(x, scale)

    judge(toy, running_sum)
    assert plt.get_fignums() == [mine.number]
