"""Parameters and multiply-adds, counted by hand and in PyTorch's modules."""

from __future__ import annotations

import pytest
import torch

from course_utils.ops import count_macs, count_parameters


def test_by_hand() -> None:
    assert count_parameters(3, 2, (2, 5)) == 2 * (3 * 2 * 5 + 1)
    assert count_macs(6, 6, 3, (10, 12), groups=6) == 6 * 9 * 120
    assert count_macs(400, 120) == 400 * 120  # a linear layer


@pytest.mark.parametrize(
    ("C", "K", "kernel", "groups", "bias"),
    [(3, 8, 5, 1, True), (8, 12, (3, 1), 4, False), (6, 6, 3, 6, True)],
)
def test_parameters_against_pytorch_modules(
    C: int, K: int, kernel: int | tuple[int, int], groups: int, bias: bool
) -> None:
    layer = torch.nn.Conv2d(C, K, kernel, groups=groups, bias=bias)
    expected = sum(parameter.numel() for parameter in layer.parameters())
    assert count_parameters(C, K, kernel, groups, bias) == expected


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(
        ValueError, match=r"count_parameters: groups 2 does not divide in_channels 3"
    ):
        count_parameters(3, 4, groups=2)
    with pytest.raises(ValueError, match=r"count_macs: groups 2 does not divide out_channels 3"):
        count_macs(4, 3, groups=2)
