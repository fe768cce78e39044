"""ConvArithmeticExplorer's numbers, against PyTorch and sums by hand; and every refusal."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course_utils.explorers.conv_arithmetic.explain import explain
from course_utils.explorers.conv_arithmetic.grid import INPUT
from course_utils.explorers.conv_arithmetic.state import ConvArithmeticState, with_changes

RNG = np.random.default_rng(8)
CASES: list[dict[str, Any]] = [
    {},
    {"stride": 2},
    {"stride": (3, 1), "padding": (0, 2), "dilation": (1, 2)},
    {"kernel_size": (2, 4), "padding": 2, "stride": 3, "dilation": 2},
    {"kernel_size": 1, "stride": 2},
    {"transposed": True},
    {"transposed": True, "input_size": (3, 4), "stride": 2, "padding": (1, 0)},
    {
        "transposed": True, "input_size": (3, 2), "stride": (2, 3), "output_padding": (1, 2),
        "kernel_size": (2, 3),
    },
    {"transposed": True, "input_size": 4, "kernel_size": 1, "stride": 3, "output_padding": 2},
    {"transposed": True, "input_size": 5, "kernel_size": (2, 3), "padding": (2, 3)},
    {"transposed": True, "input_size": 4, "dilation": (3, 2), "output_padding": (2, 1)},
]  # fmt: skip
cases = pytest.mark.parametrize("changes", CASES, ids=str)


def start(**changes: Any) -> ConvArithmeticState:
    """A state whose numbers are random, at the sizes asked for."""
    state = with_changes(ConvArithmeticState(), changes)
    x, w = RNG.normal(size=state.x.shape), RNG.normal(size=state.w.shape)
    return with_changes(state, {"x": x, "w": w})


@cases
def test_the_line_of_pytorch_gives_the_output(changes: dict[str, Any]) -> None:
    torch = pytest.importorskip("torch")
    state = start(**changes)
    found = explain(state)
    names = {
        "F": torch.nn.functional,
        "x": torch.tensor(state.x)[None, None],
        "w": torch.tensor(state.w)[None, None],
    }
    exec(found.torch_line, names)
    np.testing.assert_allclose(names["y"][0, 0].numpy(), found.output, rtol=0, atol=1e-12)


@cases
def test_the_terms_add_up_to_the_output_everywhere(changes: dict[str, Any]) -> None:
    state = start(**changes)
    output = explain(state).output
    for focus in itertools.product(*(range(n) for n in output.shape)):
        found = explain(replace(state, focus=(focus[0], focus[1])))
        assert sum(term.product for term in found.terms) == pytest.approx(output[focus], abs=1e-12)
        assert found.total == output[focus]
        assert bool(found.terms) == found.reached[focus]
        for term in found.terms:
            assert term.x == found.grid[term.cell]
            assert term.w == found.used[term.place]


@cases
def test_a_cell_is_read_exactly_where_it_changes_the_output(changes: dict[str, Any]) -> None:
    state = start(**changes)
    found = explain(state)
    before = found.output
    cells = np.argwhere(found.kinds == INPUT)
    assert len(cells) == state.x.size
    assert np.array_equal(cells[0], found.origin)
    unread = 0
    for cell, place in zip(cells, np.ndindex(*state.x.shape), strict=True):
        assert found.grid[tuple(cell)] == state.x[place]
        bumped = state.x.copy()
        bumped[place] += 1
        after = explain(with_changes(state, {"x": bumped})).output
        moved = not np.array_equal(after, before)
        assert found.read[tuple(cell)] == moved, place
        unread += not moved
    assert found.unread == unread


@cases
def test_outputs_that_no_input_reaches_are_zero_whatever_goes_in(changes: dict[str, Any]) -> None:
    found = explain(start(**changes))
    assert (found.output[~found.reached] == 0).all()
    assert (found.output[found.reached] != 0).all()


def test_the_sum_by_hand() -> None:
    #  1 2 3     windows of 2 × 2, step 2 across: only the first two columns have one
    #  4 5 6     1·1 + 2·10 + 4·100 + 5·1000 = 5421
    state = with_changes(
        ConvArithmeticState(),
        {"x": [[1, 2, 3], [4, 5, 6]], "w": [[1, 10], [100, 1000]], "stride": (1, 2)},
    )
    found = explain(state)
    assert found.output.tolist() == [[5421]]
    assert [term.product for term in found.terms] == [1, 20, 400, 5000]
    assert found.left == (0, 1)
    assert found.unread == 2
    assert found.notes == (
        "The floor drops a remainder: 1 column at the right is read by no window.",
        "Of the 6 input cells, 2 take part in no output.",
    )
    # Back: x[0, 0] = 7 is laid out with every weight; the output padding names the lost column.
    back = with_changes(state, {"transposed": True})
    assert back.sizes.output_padding == (0, 1)
    back = with_changes(back, {"x": [[7]], "focus": (1, 0)})
    found = explain(back)
    assert found.output.tolist() == [[7, 70, 0], [700, 7000, 0]]
    assert [(term.x, term.w) for term in found.terms] == [(7, 100)]
    assert found.notes[-1] == "2 output cells have no input cell below the kernel: zero."
