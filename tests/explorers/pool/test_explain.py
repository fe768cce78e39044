"""PoolExplorer's numbers, against PyTorch, differences and arrays by hand; and every refusal."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from course_utils.explorers.pool.state import (
    KINDS,
    RANGES,
    PoolState,
    choices,
    explain,
    output_shape,
    problem,
    with_changes,
)

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
    assert found.output.shape == output_shape(state)


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


def test_ties_by_hand() -> None:
    #  0 7 1      two windows of 2 × 2, one apart, overlap in the middle column
    #  7 7 2      their maxima: 7 at three places, 7 at two
    state = PoolState(np.array([[0.0, 7, 1], [7, 7, 2]]), np.array([[6.0, 4.0]]), stride=(1, 1))
    first = explain(state)
    assert first.output.tolist() == [[7, 7]]
    assert first.tied.tolist() == [[3, 2]]
    assert first.gradient.tolist() == [[0, 10, 0], [0, 0, 0]]
    assert first.wins.tolist() == [[0, 2, 0], [0, 0, 0]]
    split = explain(with_changes(state, {"ties": "split"}))
    assert split.gradient.tolist() == [[0, 4, 0], [2, 4, 0]]
    assert split.wins.tolist() == [[0, 2, 0], [1, 2, 0]]
    assert first.notes == (
        "2 windows with a tie. x[0, 1] wins 2 windows.",
        "g sums to 10, and so does what it hands back.",
    )


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


def test_moving_by_whole_strides_moves_the_output_and_by_one_pixel_changes_it() -> None:
    x = RNG.normal(size=(8, 6))
    state = with_changes(PoolState(), {"x": x, "shift": (4, -2)})
    found = explain(state)
    assert found.moved[4, 4] == x[0, 0]  # round in a circle
    np.testing.assert_array_equal(found.output, np.roll(found.before, (2, -1), axis=(0, 1)))
    assert found.notes[0] == (
        "Moved by 4 rows down and 2 columns left: 12 of 12 outputs changed. "
        "Move the old output by 2 and −1 places, and 12 of 12 agree."
    )
    one = explain(with_changes(state, {"shift": (0, 1)}))
    np.testing.assert_array_equal(one.changed, one.output != one.before)
    changed = int(one.changed.sum())
    assert 0 < changed < 12
    assert one.notes[0] == (
        f"Moved by 1 column right: {changed} of 12 outputs changed. "
        "That is not a multiple of the stride 2 × 2."
    )
    assert explain(with_changes(state, {"shift": 0})).notes[0] == "No window has a tie."


def test_the_backward_view_can_be_left_out() -> None:
    found = explain(with_changes(PoolState(), {"backward": False, "shift": (1, 0)}))
    assert found.torch_lines == ("x = x.roll((1, 0), (-2, -1))", "y = F.max_pool2d(x, 2)")
    assert not any("g sums" in note for note in found.notes)


def test_the_upstream_gradient_follows_the_output() -> None:
    state = with_changes(PoolState(), {"g_preset": "spot", "input_size": (6, 8)})
    assert np.argwhere(state.g).tolist() == [[1, 2]]
    assert np.argwhere(with_changes(state, {"stride": 1}).g).tolist() == [[2, 3]]
    own = with_changes(state, {"g": np.arange(1.0, 13.0).reshape(3, 4)})
    assert own.g_preset == "custom"
    smaller = with_changes(own, {"input_size": (6, 4)})
    assert smaller.g.tolist() == [[1, 2], [5, 6], [9, 10]]
    assert with_changes(own, {"g": own.g, "kind": "lp"}).g_preset == "custom"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        *(({name: 99}, f"{name} must be one whole number, or a pair .* not 99") for name in RANGES),
        ({"shift": (0, -5)}, "shift must be .* from −4 to 4, not -5"),
        ({"stride": "two"}, "stride must be .* not 'two'"),
        ({"padding": (0, 2)}, "padding 2 is more than half of the 2 columns of the window"),
        ({"kernel_size": 4, "padding": 2, "input_size": 3, "stride": 1.0}, "stride must be"),
        ({"input_size": (6, 1)}, "the window has 2 columns, but the input has only 1"),
        (
            {"kernel_size": (5, 2), "padding": (1, 0), "input_size": (2, 4)},
            "the window has 5 rows, but the input is padded to 4",
        ),
        ({"kind": "median"}, "kind must be one of max, average, lp, not 'median'"),
        ({"kind": ["max"]}, "kind must be one of"),
        ({"ties": "last"}, "ties must be one of first, split, not 'last'"),
        ({"p": 0}, "p must be a whole number from 1 to 16, not 0"),
        ({"p": 2.0}, r"p must be .* not 2\.0"),
        ({"p": True}, "p must be .* not True"),
        ({"backward": 1}, "backward must be True or False, not 1"),
        ({"count_include_pad": "no"}, "count_include_pad must be True or False, not 'no'"),
        ({"x": np.zeros((11, 2))}, "the shape of x must be .* from 1 to 10, not 11"),
        ({"x": [[np.nan]]}, "is nan"),
        ({"g": np.ones((2, 3))}, r"g must be as large as the output, \(3, 3\), not \(2, 3\)"),
        ({"x_preset": "cat"}, "there is no preset 'cat' for x; choose from digits"),
        ({"g_preset": 3}, "there is no preset 3 for g; choose from mixed"),
        ({"focus": "here"}, "focus must be a row and a column, not 'here'"),
    ],
)
def test_what_is_not_valid_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(PoolState(), changes)


def test_choices_are_exactly_what_is_accepted() -> None:
    for changes in ({}, {"kernel_size": (3, 5), "padding": (1, 2)}, {"input_size": (2, 9)}):
        state = with_changes(PoolState(), changes)
        offered = choices(state)
        for name in ("input_size", "kernel_size", "stride", "padding", "shift"):
            rows, columns = getattr(state, name)
            for k in (0, 1):
                accepted = []
                for value in range(-6, 13):
                    try:
                        with_changes(state, {name: (value, columns) if k == 0 else (rows, value)})
                    except ValueError:
                        continue
                    accepted.append(value)
                assert offered[name][k] == accepted, name


def test_what_is_refused_is_what_pytorch_refuses() -> None:
    functional = pytest.importorskip("torch").nn.functional
    torch = pytest.importorskip("torch")
    for n, f, p in itertools.product((1, 2, 4), (1, 2, 3, 5), (0, 1, 2)):
        words = problem((n, 6), (f, 2), (p, 0))
        try:
            functional.max_pool2d(torch.zeros(1, 1, n, 6), (f, 2), 1, (p, 0))
        except RuntimeError:
            assert words
        else:
            assert not words


def test_the_focus_stays_inside_the_output() -> None:
    state = with_changes(PoolState(), {"focus": (2, 2)})
    assert with_changes(state, {"kernel_size": 5}).focus == (0, 0)
    assert set(KINDS) == {"max", "average", "lp"}
