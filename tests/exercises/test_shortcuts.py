"""Library functions that do the work which an exercise asks for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils import exercises, ops
from course_utils.exercises.judge import judge
from course_utils.exercises.shortcuts import shortcut
from course_utils.ops import conv2d


def imported(z: Any) -> Any:
    from scipy.special import softmax

    return softmax(z, axis=1)


def of_scipy(w: Any, N: Any) -> Any:
    from scipy.linalg import toeplitz

    return toeplitz(np.append(w, np.zeros(N - 1)), np.zeros(N))


@pytest.mark.parametrize(
    ("id", "function", "name"),
    [
        ("01.convolve_full", lambda x, w: np.convolve(x, w, "full"), "convolve"),
        ("02.filter2d", lambda x, w: ops.conv2d(x[None], w[None, None])[0], "conv2d"),
        ("04.conv_layer", lambda x, w, b: conv2d(x[None], w, b)[0], "conv2d"),
        ("04.conv_layer", lambda x, w, b: np.array([conv2d(v, w, b) for v in [x]])[0], "conv2d"),
        ("04.grouped_conv", lambda x, w, groups: conv2d(x, w, groups=groups), "conv2d"),
        ("07.softmax", imported, "softmax"),
        ("01.toeplitz_full", of_scipy, "toeplitz"),
        # what the model solution or a hint names is no shortcut
        ("01.combine", lambda kernels: np.convolve(*kernels), ""),
        ("04.grouped_conv", lambda x, w, groups: conv2d(x[:1], w[:1]), ""),
        ("07.softmax", lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True), ""),
        ("02.compress_kernel", lambda w, missed: np.linalg.svd(w), ""),
    ],
)
def test_which_function_does_the_work(id: str, function: Any, name: str) -> None:
    assert shortcut(exercises.get(id), function) == name


def test_it_is_accepted_with_a_word() -> None:
    outcome = judge(exercises.get("07.softmax"), imported)
    assert outcome.correct
    assert "Here `softmax` does the work." in str(outcome).replace("\n", " ")


def test_the_model_solutions_take_no_shortcut() -> None:
    for exercise in exercises.all_exercises():
        assert shortcut(exercise, exercise.reference) == "", exercise.id


def test_names_whose_attributes_fail_are_no_shortcut() -> None:
    class Fails:
        def __getattribute__(self, name: str) -> Any:
            raise KeyError(name)

        def __call__(self) -> None: ...

    helper = Fails()
    code = compile("def softmax(z):\n    return helper(z)", "<cell>", "exec")
    namespace: dict[str, Any] = {"helper": helper}
    exec(code, namespace)
    assert shortcut(exercises.get("07.softmax"), namespace["softmax"]) == ""
