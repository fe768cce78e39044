"""Sizes counted by hand, then every combination of a table against PyTorch."""

import re
from itertools import product
from math import ceil

import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import (
    count_macs,
    count_parameters,
    output_size,
    receptive_field,
    same_padding,
    transposed_output_size,
)


def test_output_size_by_hand():
    assert output_size(5, 3) == 5 - 3 + 1
    assert output_size(227, 11, stride=4) == (227 - 11) // 4 + 1 == 55  # AlexNet as published
    assert output_size(224, 11, stride=4, padding=2) == 55  # AlexNet as torchvision has it
    assert output_size(7, 3, dilation=3) == 7 - 7 + 1
    assert output_size(4, 4, padding=(1, 2)) == 4  # an asymmetric "same"


def _torch_or_none(function, *args, **options):
    try:
        return function(*args, **options).shape[-1]
    except RuntimeError:
        return None


def _ours_or_none(function, *args, **options):
    try:
        return function(*args, **options)
    except ValueError:
        return None


def test_output_size_against_pytorch_refusals_included():
    refused = 0
    for n, f, s, p, d in product(range(1, 9), range(1, 5), (1, 2, 3), (0, 1, 2), (1, 2, 3)):
        theirs = _torch_or_none(F.conv1d, torch.zeros(1, n), torch.zeros(1, 1, f), None, s, p, d)
        assert _ours_or_none(output_size, n, f, s, p, d) == theirs, (n, f, s, p, d)
        refused += theirs is None
    assert refused > 100  # the table holds many that do not fit


def test_output_size_in_ceil_mode_against_pytorch():
    dropped = 0
    for n, f, s, p, d in product(range(1, 10), range(1, 5), (1, 2, 3, 4), (0, 1, 2), (1, 2)):
        if 2 * p > f:
            continue  # a pool refuses that padding, whatever the size
        theirs = _torch_or_none(F.max_pool1d, torch.zeros(1, 1, n), f, s, p, d, ceil_mode=True)
        assert _ours_or_none(output_size, n, f, s, p, d, True) == theirs, (n, f, s, p, d)
        dropped += theirs is not None and theirs < ceil((n + 2 * p - d * (f - 1) - 1) / s) + 1
    assert dropped > 0  # the rule that drops a window in the padding was met


def test_transposed_output_size_against_pytorch_refusals_included():
    refused = 0
    table = product(range(1, 6), range(1, 5), (1, 2, 3), (0, 1, 2), (0, 1, 2), (1, 2, 3))
    for n, f, s, p, extra, d in table:
        theirs = _torch_or_none(
            F.conv_transpose1d,
            torch.zeros(1, n),
            torch.zeros(1, 1, f),
            None,
            s,
            p,
            extra,
            1,
            d,
        )
        assert _ours_or_none(transposed_output_size, n, f, s, p, extra, d) == theirs, (
            n, f, s, p, extra, d,
        )  # fmt: skip
        refused += theirs is None
    assert refused > 100


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_transposed_size_undoes_output_size(stride):
    for n, f, p, d in product(range(7, 15), (1, 2, 3), (0, 1), (1, 2)):
        M = output_size(n, f, stride, p, d)
        sizes = [transposed_output_size(M, f, stride, p, extra, d) for extra in range(stride)]
        assert n in sizes


def test_same_padding_keeps_the_size():
    for f, d in product(range(1, 9), (1, 2, 3)):
        before, after = same_padding(f, d)
        assert output_size(20, f, padding=(before, after), dilation=d) == 20
        assert after - before in (0, 1)


def test_receptive_field_by_hand():
    two = receptive_field([(3, 2, 1), 3])
    assert two[0] == (3, 2, -1)
    assert two[1] == (3 + (3 - 1) * 2, 2, -1)
    assert receptive_field([]) == []


def test_receptive_field_published():
    alexnet = [(11, 4, 2), (3, 2), (5, 1, 2), (3, 2), *[(3, 1, 1)] * 3, (3, 2)]
    assert receptive_field(alexnet)[-1].size == 195
    vgg16 = [row for n in (2, 2, 3, 3, 3) for row in [*[(3, 1, 1)] * n, (2, 2)]]
    assert receptive_field(vgg16)[-1].size == 212


def test_receptive_field_against_backpropagation():
    layers = [(3, 2, 1, 1), (2, 1, 0, 3), (5, 2, 2, 1)]
    x = torch.zeros(1, 1, 80, requires_grad=True)
    y = x
    for f, s, p, d in layers:
        y = F.conv1d(y, torch.ones(1, 1, f), stride=s, padding=p, dilation=d)
    field = receptive_field(layers)[-1]
    i = 5  # far enough from the border that nothing is cut off
    y[0, 0, i].backward()
    seen = torch.nonzero(x.grad[0, 0])[:, 0]
    assert seen.min() == field.offset + i * field.jump
    assert seen.max() == field.offset + i * field.jump + field.size - 1


def test_counts_against_pytorch_modules():
    for C, K, kernel, g, bias in [
        (3, 8, 5, 1, True),
        (8, 12, (3, 1), 4, False),
        (6, 6, 3, 6, True),
    ]:
        layer = torch.nn.Conv2d(C, K, kernel, groups=g, bias=bias)
        assert count_parameters(C, K, kernel, g, bias) == sum(p.numel() for p in layer.parameters())
    assert count_macs(6, 6, 3, (10, 12), groups=6) == 6 * 9 * 120
    assert count_macs(400, 120) == 400 * 120  # a linear layer


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: output_size(4, 5), "output_size: a filter of 5 (dilation 1: it spans 5) does not"),
        (lambda: output_size(1, 3, padding=(0, 1)), "does not fit into 1 samples padded to 2"),
        (lambda: output_size(4, 2, stride=0), "output_size: stride is 0, expected at least 1"),
        (lambda: output_size(4, 2, padding=-1), "output_size: padding is -1, expected at least 0"),
        (lambda: output_size(4, 0), "output_size: f is 0, expected at least 1"),
        (
            lambda: transposed_output_size(4, 3, 2, 0, 2),
            "output_padding is 2, expected less than stride 2 or dilation 1",
        ),
        (
            lambda: transposed_output_size(1, 1, 1, 2),
            "transposed_output_size: padding 2 leaves nothing",
        ),
        (lambda: receptive_field([(3, 0)]), "stride of layer 0 is 0, expected at least 1"),
        (lambda: receptive_field([(3, 1, 0, 1, 1)]), "receptive_field: layer 0 is (3, 1, 0, 1, 1)"),
        (lambda: count_parameters(3, 4, groups=2), "groups 2 does not divide in_channels 3"),
        (lambda: count_macs(4, 3, groups=2), "groups 2 does not divide out_channels 3"),
    ],
)
def test_refusals_say_what_is_wrong(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


@pytest.mark.parametrize("value", [2.0, True, "2", None])
def test_only_whole_numbers_are_sizes(value):
    with pytest.raises(TypeError, match=r"output_size: stride is .*, expected a whole number"):
        output_size(4, 2, stride=value)
