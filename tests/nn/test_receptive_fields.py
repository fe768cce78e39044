"""Windows of layers, and what the features of a network see."""

from typing import Any

import pytest

from course_utils import nn, ops
from course_utils.nn import models
from course_utils.nn.receptive_fields import window_of


@pytest.mark.parametrize(
    ("build", "size"),
    [(lambda: models.alexnet(rng=None), 195), (lambda: models.vgg16(rng=None), 212)],
)
def test_receptive_fields_of_the_last_pool(build: Any, size: int) -> None:
    rows = nn.receptive_field_rows(build().features)
    assert ops.receptive_field(rows)[-1].size == size


def test_only_layers_with_windows_have_rows() -> None:
    layers = [
        nn.Conv2d(1, 2, 5, stride=2, padding=1, dilation=3, rng=None), nn.ReLU(), nn.BatchNorm2d(2),
        nn.MaxPool2d(3, stride=2, padding=1), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d(1),
    ]  # fmt: skip
    assert nn.receptive_field_rows(layers) == [(5, 2, 1, 3), (3, 2, 1, 1), (2, 2, 0, 1)]


def test_padding_by_name() -> None:
    same = nn.Conv2d(1, 1, (3, 4), padding="same", dilation=(2, 1), rng=None)
    assert window_of(same) == ((3, 1, 2, 2), (4, 1, 1, 1))
    assert window_of(nn.Conv2d(1, 1, 3, padding="valid", rng=None)) == ((3, 1, 0, 1),) * 2


def test_a_layer_that_is_not_square_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Conv2d\(1, 1, kernel_size=\(3, 5\), .*\) is not square"):
        nn.receptive_field_rows([nn.Conv2d(1, 1, (3, 5), rng=None)])
