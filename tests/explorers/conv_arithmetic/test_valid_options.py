"""Which sizes go together: PyTorch refuses the same; and what the page offers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course_utils.explorers.conv_arithmetic.formula import worked_out
from course_utils.explorers.conv_arithmetic.sizes import Sizes, output_shape
from course_utils.explorers.conv_arithmetic.valid_options import (
    RANGES,
    choices,
    problem,
    turning_problem,
)
from tests.explorers.conv_arithmetic.random_sizes import random_sizes


def by_torch(sizes: Sizes) -> tuple[int, ...] | None:
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    x = torch.zeros(1, 1, *sizes.input_size, device="meta")
    w = torch.zeros(1, 1, *sizes.kernel_size, device="meta")
    stride, padding, dilation = sizes.stride, sizes.padding, sizes.dilation
    try:
        if sizes.transposed:
            extra = sizes.output_padding
            y = functional.conv_transpose2d(x, w, None, stride, padding, extra, 1, dilation)
        else:
            y = functional.conv2d(x, w, None, stride, padding, dilation)
    except (RuntimeError, ValueError):
        return None
    return tuple(y.shape[2:]) if y.numel() else None  # nothing at all is no output to show


def test_sizes_and_refusals_are_pytorchs() -> None:
    refused = 0
    for sizes in (random_sizes() for _ in range(800)):
        reason = problem(sizes)
        if "explorer draws at most" in reason or "going forward" in reason:
            continue  # the page's own limits: PyTorch knows nothing of them
        expected = by_torch(sizes)
        refused += bool(reason)
        assert (expected is None) == bool(reason), (sizes, reason)
        if not reason:
            assert output_shape(sizes) == expected, sizes
            assert (worked_out(sizes, 0).size, worked_out(sizes, 1).size) == expected
    assert 50 < refused < 750


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        (
            Sizes(input_size=(4, 9), dilation=(2, 1)),
            "with dilation 2 the 3 rows of the kernel span 5 cells, but the input has only 4 rows",
        ),
        (
            Sizes(input_size=(8, 2), kernel_size=(1, 5), padding=(0, 1)),
            "the 5 columns of the kernel span 5 cells, but the input is padded to 4 columns",
        ),
        (
            Sizes(output_padding=(0, 1)),
            "output padding 1 belongs to the transposed convolution; going forward there is none",
        ),
        (
            Sizes(True, (3, 3), stride=(2, 2), output_padding=(0, 2)),
            "output padding 2 is too much for the columns: it names a remainder, "
            "and must be smaller than the stride 2 or the dilation 1",
        ),
        (
            Sizes(True, (1, 3), (2, 2), padding=(2, 0)),
            "padding 2 takes all rows away: (1 − 1)·1 − 2·2 + 1·(2 − 1) + 1 + 0 = −2",
        ),
        (
            Sizes(True, (3, 8), (3, 3), stride=(1, 4)),
            "with the zeros between and around it the input has 33 columns; "
            "the explorer draws at most 22",
        ),
    ],
)
def test_what_does_not_go_together_says_why(sizes: Sizes, words: str) -> None:
    assert problem(sizes) == words


def test_a_side_too_long_to_go_in_is_said() -> None:
    sizes = Sizes(True, (4, 9), (1, 1), stride=(5, 1))
    assert problem(sizes) == ""
    assert (
        turning_problem(sizes) == "its input would be 16 cells wide; the explorer takes at most 14"
    )
    assert choices(sizes)["transposed"] == [True]


def test_choices_are_exactly_what_is_accepted() -> None:
    checked = 0
    while checked < 12:
        sizes = random_sizes()
        if problem(sizes):
            continue
        checked += 1
        offered = choices(sizes)
        for name, allowed in RANGES.items():
            now = getattr(sizes, name)
            for k, pair in enumerate(
                ([(v, now[1]) for v in allowed], [(now[0], v) for v in allowed],
                 [(v, v) for v in allowed])
            ):  # fmt: skip
                parts: list[dict[str, Any]] = [{name: p} for p in pair]
                changed = [replace(sizes, **part) for part in parts]
                accepted = [v for v, new in zip(allowed, changed, strict=True) if not problem(new)]
                assert offered[name][k] == accepted, (sizes, name, k)
