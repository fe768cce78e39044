"""Sizes counted by hand, then every combination of a table against PyTorch."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from math import ceil
from typing import Any

import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import output_size, transposed_output_size


def test_output_size_by_hand() -> None:
    assert output_size(5, 3) == 5 - 3 + 1
    assert output_size(227, 11, stride=4) == (227 - 11) // 4 + 1 == 55  # AlexNet as published
    assert output_size(224, 11, stride=4, padding=2) == 55  # AlexNet as torchvision has it
    assert output_size(7, 3, dilation=3) == 7 - 7 + 1
    assert output_size(4, 4, padding=(1, 2)) == 4  # an asymmetric "same"


def theirs_or_none(function: Callable[..., torch.Tensor], *args: Any, **options: Any) -> int | None:
    try:
        return function(*args, **options).shape[-1]
    except RuntimeError:
        return None


def ours_or_none(function: Callable[..., int], *args: Any) -> int | None:
    try:
        return function(*args)
    except ValueError:
        return None


def test_output_size_against_pytorch_refusals_included() -> None:
    refused = 0
    for n, f, s, p, d in product(range(1, 9), range(1, 5), (1, 2, 3), (0, 1, 2), (1, 2, 3)):
        theirs = theirs_or_none(F.conv1d, torch.zeros(1, n), torch.zeros(1, 1, f), None, s, p, d)
        assert ours_or_none(output_size, n, f, s, p, d) == theirs, (n, f, s, p, d)
        refused += theirs is None
    assert refused > 100  # the table holds many that do not fit


def test_output_size_in_ceil_mode_against_pytorch() -> None:
    dropped = 0
    for n, f, s, p, d in product(range(1, 10), range(1, 5), (1, 2, 3, 4), (0, 1, 2), (1, 2)):
        if 2 * p > f:
            continue  # a pool refuses that padding, whatever the size
        theirs = theirs_or_none(F.max_pool1d, torch.zeros(1, 1, n), f, s, p, d, ceil_mode=True)
        assert ours_or_none(output_size, n, f, s, p, d, True) == theirs, (n, f, s, p, d)
        dropped += theirs is not None and theirs < ceil((n + 2 * p - d * (f - 1) - 1) / s) + 1
    assert dropped > 0  # the rule that drops a window in the padding was met


def test_transposed_output_size_against_pytorch_refusals_included() -> None:
    refused = 0
    table = product(range(1, 6), range(1, 5), (1, 2, 3), (0, 1, 2), (0, 1, 2), (1, 2, 3))
    for n, f, s, p, extra, d in table:
        x, w = torch.zeros(1, n), torch.zeros(1, 1, f)
        theirs = theirs_or_none(F.conv_transpose1d, x, w, None, s, p, extra, 1, d)
        ours = ours_or_none(transposed_output_size, n, f, s, p, extra, d)
        assert ours == theirs, (n, f, s, p, extra, d)
        refused += theirs is None
    assert refused > 100


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_transposed_size_undoes_output_size(stride: int) -> None:
    for n, f, p, d in product(range(7, 15), (1, 2, 3), (0, 1), (1, 2)):
        M = output_size(n, f, stride, p, d)
        sizes = [transposed_output_size(M, f, stride, p, extra, d) for extra in range(stride)]
        assert n in sizes


WRONG: list[tuple[Callable[[], int], str]] = [
    (lambda: output_size(4, 5), "output_size: a filter of 5 (dilation 1: it spans 5) does not"),
    (lambda: output_size(1, 3, padding=(0, 1)), "does not fit into 1 samples padded to 2"),
    (lambda: output_size(4, 2, stride=0), "output_size: stride is 0, expected at least 1"),
    (lambda: output_size(4, 2, padding=-1), "output_size: padding is -1, expected at least 0"),
    (lambda: output_size(4, 0), "output_size: f is 0, expected at least 1"),
    (lambda: transposed_output_size(4, 3, 2, 0, 2),
     "output_padding is 2, expected less than stride 2 or dilation 1"),
    (lambda: transposed_output_size(1, 1, 1, 2),
     "transposed_output_size: padding 2 leaves nothing: n=1, f=1, stride=1, dilation=1 give size"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_refusals_say_what_is_wrong(call: Callable[[], int], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


@pytest.mark.parametrize("value", [2.0, True, "2", None])
def test_only_whole_numbers_are_sizes(value: Any) -> None:
    with pytest.raises(TypeError, match=r"output_size: stride is .*, expected a whole number"):
        output_size(4, 2, stride=value)
