"""ConvolutionSumExplorer's numbers, against NumPy, SciPy, PyTorch and sums by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest
from scipy import signal

from course_utils.explorers.convolution_sum.explain import explain
from course_utils.explorers.convolution_sum.state import (
    SumState,
    first_time,
    last_time,
    with_changes,
)
from course_utils.explorers.convolution_sum.valid_options import Mode, Operation

RNG = np.random.default_rng(8)
X = RNG.normal(size=7)
SIZES = [1, 2, 3, 4, 5]


def start(**parts: Any) -> SumState:
    return with_changes(SumState(X, np.array([1.0, -2.0, 0.5])), parts)


@pytest.mark.parametrize("size", [*SIZES, 9])
@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("operation", get_args(Operation))
def test_output_equals_scipy(size: int, mode: Mode, operation: Operation) -> None:
    if mode == "valid" and size > len(X):
        return
    w = RNG.normal(size=size)
    state = start(w=w, mode=mode, operation=operation)
    oracle = signal.convolve if operation == "convolution" else signal.correlate
    found = explain(state)
    np.testing.assert_allclose(found.y, oracle(X, w, mode), rtol=0, atol=1e-12)
    # the times of the outputs: y[t] is the sum that the equation names
    for k, value in enumerate(found.y):
        t = found.first + k
        sign = -1 if operation == "convolution" else 1
        inside = [(t + sign * a, a) for a in range(size) if 0 <= t + sign * a < len(X)]
        assert value == pytest.approx(sum(X[n] * w[a] for n, a in inside), abs=1e-12)


@pytest.mark.parametrize("size", [*SIZES, 9])
@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("operation", get_args(Operation))
def test_the_lines_of_numpy_and_pytorch_give_the_output(
    size: int, mode: Mode, operation: Operation
) -> None:
    if mode == "valid" and size > len(X):
        return
    torch = pytest.importorskip("torch")
    w = RNG.normal(size=size)
    found = explain(start(w=w, mode=mode, operation=operation))
    names: dict[str, Any] = {"np": np, "x": X, "w": w}
    exec(found.numpy_line, names)
    np.testing.assert_allclose(names["y"], found.y, rtol=0, atol=1e-12)
    names = {
        "F": torch.nn.functional,
        "x": torch.tensor(X)[None, None],
        "w": torch.tensor(w)[None, None],
    }
    exec(found.torch_line, names)
    np.testing.assert_allclose(names["y"][0, 0].numpy(), found.y, rtol=0, atol=1e-12)


def test_the_terms_by_hand() -> None:
    state = SumState(np.array([1.0, 2.0, 3.0]), np.array([1.0, 10.0]))
    assert explain(state).full.tolist() == [1, 2 + 10, 3 + 20, 30]
    found = explain(replace(state, t=3))
    assert [tuple(term) for term in found.terms] == [(0, 3, 0.0, 1.0, 0.0), (1, 2, 3.0, 10.0, 30.0)]
    assert found.equation == "y[3] = x[3]·w[0] + x[2]·w[1]"
    correlation = replace(state, operation="correlation", t=-1)
    assert explain(correlation).full.tolist() == [10, 1 + 20, 2 + 30, 3]
    assert explain(correlation).first == -1
    assert explain(correlation).total == 10
    assert explain(correlation).equation == "y[-1] = x[-1]·w[0] + x[0]·w[1]"


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("operation", get_args(Operation))
def test_terms_add_up_to_the_output_at_every_time(mode: Mode, operation: Operation) -> None:
    state = start(mode=mode, operation=operation)
    for t in range(first_time(state, mode), last_time(state, mode) + 1):
        found = explain(replace(state, t=t))
        assert sum(term.product for term in found.terms) == pytest.approx(found.total, abs=1e-12)
        assert found.total == found.y[t - found.first]
