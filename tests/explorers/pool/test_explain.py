"""PoolExplorer's numbers, against PyTorch, differences and arrays by hand."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from course_utils.explorers.pool.explain import explain
from course_utils.explorers.pool.state import PoolState, with_changes

RNG = np.random.default_rng(12)
SHAPES: list[dict[str, Any]] = [
    {},
    {"kernel_size": 3, "stride": 2, "padding": 1},
    {"kernel_size": (2, 4), "stride": (1, 3), "padding": (0, 2)},
    {"input_size": (9, 5), "kernel_size": (3, 1), "stride": (4, 2), "padding": (1, 0)},
    {"kernel_size": 1, "stride": 2},
    {"kernel_size": 3, "stride": 1, "shift": (2, -1)},
]
POOLS: list[dict[str, Any]] = [
    {"kind": "max"},
    {"kind": "max", "ties": "split"},
    {"kind": "average"},
    {"kind": "average", "count_include_pad": False},
    {"kind": "lp", "p": 1},
    {"kind": "lp", "p": 2},
    {"kind": "lp", "p": 5},
]


def start(**changes: Any) -> PoolState:
    """A state of whole numbers, so that ties abound, with a random upstream gradient."""
    state = with_changes(PoolState(), changes)
    x = RNG.integers(-2, 3, size=state.x.shape).astype(float)
    return with_changes(state, {"x": x, "g": RNG.normal(size=state.g.shape)})


@pytest.mark.parametrize("pool", POOLS, ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_lines_of_pytorch_give_output_and_gradient(
    shape: dict[str, Any], pool: dict[str, Any]
) -> None:
    torch = pytest.importorskip("torch")
    state = start(**shape, **pool)
    found = explain(state)
    names = {
        "F": torch.nn.functional,
        "torch": torch,
        "x": torch.tensor(state.x)[None, None],
        "g": torch.tensor(state.g)[None, None],
    }
    for line in found.torch_lines:
        exec(line, names)
    y, gradient = (names[k].detach().numpy()[0, 0] for k in ("y", "x"))
    np.testing.assert_allclose(y, found.output, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(gradient, found.moved)
    np.testing.assert_allclose(names["x"].grad[0, 0], found.gradient, rtol=0, atol=1e-12)
    assert found.output.shape == state.output_shape


@pytest.mark.parametrize("pool", POOLS, ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_shares_add_up_to_the_gradient(shape: dict[str, Any], pool: dict[str, Any]) -> None:
    state = start(**shape, **pool)
    found = explain(state)
    total = np.zeros_like(found.gradient)
    (P, Q), (s, t) = state.padding, state.stride
    for (i, j, a, b), share in np.ndenumerate(found.shares):
        p, q = i * s - P + a, j * t - Q + b
        if 0 <= p < total.shape[0] and 0 <= q < total.shape[1]:
            total[p, q] += state.g[i, j] * share
        else:
            assert share == 0 or state.kind == "average"
    np.testing.assert_allclose(total, found.gradient, rtol=0, atol=1e-12)


@pytest.mark.parametrize("p", [1, 2, 3, 16])
def test_the_gradient_of_a_norm_by_differences(p: int) -> None:
    x, g = RNG.normal(size=(5, 6)) + 0.1, RNG.normal(size=(2, 2))
    state = PoolState(x, g, kind="lp", p=p, kernel_size=(3, 3), stride=(2, 3))
    found = explain(state)
    for place in np.ndindex(*x.shape):
        step = np.zeros_like(x)
        step[place] = 1e-6
        up, down = (explain(with_changes(state, {"x": x + k * step})).output for k in (1, -1))
        slope = float((g * (up - down)).sum() / 2e-6)
        assert found.gradient[place] == pytest.approx(slope, abs=1e-7)


def test_a_norm_goes_from_the_sum_to_the_largest_and_never_overflows() -> None:
    x = RNG.normal(size=(4, 4))
    norms = [explain(PoolState(x, np.ones((2, 2)), kind="lp", p=p)).output for p in (1, 2, 4, 16)]
    windows = np.abs(x).reshape(2, 2, 2, 2).swapaxes(1, 2).reshape(2, 2, 4)
    np.testing.assert_allclose(norms[0], windows.sum(axis=2))
    np.testing.assert_allclose(norms[1], np.sqrt((windows**2).sum(axis=2)))
    assert all((a >= b).all() for a, b in itertools.pairwise(norms))
    assert (norms[3] < 1.1 * windows.max(axis=2)).all()
    huge = explain(PoolState(np.full((2, 2), -1e200), np.ones((1, 1)), kind="lp", p=8))
    assert huge.output[0, 0] == pytest.approx(4 ** (1 / 8) * 1e200)
    assert np.isfinite(huge.gradient).all()
    assert not explain(PoolState(np.zeros((2, 2)), np.ones((1, 1)), kind="lp")).gradient.any()


def test_padding_never_wins_and_takes_its_share_of_a_mean() -> None:
    x = -np.arange(1.0, 17.0).reshape(4, 4)
    state = PoolState(x, np.ones((2, 2)), kernel_size=(3, 3), padding=(1, 1))
    assert explain(state).output.tolist() == [[-1, -2], [-5, -6]]
    mean = with_changes(state, {"kind": "average"})
    found = explain(mean)
    assert found.output[0, 0] == pytest.approx(-(1 + 2 + 5 + 6) / 9)
    # 4 + 6 + 6 + 9 of 4 · 9 places hold a pixel: the others keep 11/9 of the gradient.
    assert found.gradient.sum() == pytest.approx(25 / 9)
    assert found.notes[-1] == (
        "g sums to 4, what it hands back to 2.778: the rest went into the padding."
    )
    real = explain(with_changes(mean, {"count_include_pad": False}))
    assert real.output[0, 0] == pytest.approx(-(1 + 2 + 5 + 6) / 4)
    assert real.gradient.sum() == pytest.approx(4)
