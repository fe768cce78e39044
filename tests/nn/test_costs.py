"""Costs against published ones, and against arithmetic."""

from typing import Any

import numpy as np
import pytest

from course_utils import nn
from course_utils.nn import models


def test_lenet_by_hand() -> None:
    rows = nn.ledger(models.lenet5(rng=None), (1, 32, 32))
    macs = [row.macs for row in rows if row.macs]
    assert macs == [6 * 25 * 28**2, 16 * 6 * 25 * 10**2, 400 * 120, 120 * 84, 84 * 10]
    shapes = [row.shape for row in rows if row.kind in ("Conv2d", "MaxPool2d", "Flatten")]
    assert shapes == [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (400,)]
    assert rows[0].activations == 6 * 28 * 28
    assert [row.name for row in rows][:3] == ["features.0", "features.1", "features.2"]


# Multiply-adds in thousand millions at 224 x 224, as torchvision's documentation has them.
@pytest.mark.parametrize(
    ("build", "macs", "parameters"),
    [
        (lambda: models.alexnet(rng=None), 0.71, 61_100_840),
        (lambda: models.vgg16(rng=None), 15.47, 138_357_544),
        (lambda: models.resnet18(rng=None), 1.81, 11_689_512),
    ],
    ids=["alexnet", "vgg16", "resnet18"],
)
def test_published(build: Any, macs: float, parameters: int) -> None:
    model = build()
    rows = nn.ledger(model, (3, 224, 224))
    assert round(sum(row.macs for row in rows) / 1e9, 2) == macs
    assert sum(row.parameters for row in rows) == parameters == model.count_parameters()


def test_memory_early_and_parameters_late() -> None:
    rows = nn.ledger(models.alexnet(rng=None), (3, 224, 224))
    assert max(rows, key=lambda row: row.activations).name == "features.0"
    assert max(rows, key=lambda row: row.parameters).name == "classifier.1"
    assert rows[0].shape == (64, 55, 55)


def test_the_model_is_left_as_it_was() -> None:
    model = nn.Sequential(nn.Conv2d(1, 2, 3, rng=np.random.default_rng(0)), nn.BatchNorm2d(2))
    before = model.state_dict()
    nn.ledger(model, (1, 6, 6))
    assert all(module.training for module in model.modules())
    assert not any(module._forward_hooks for module in model.modules())
    for name, value in model.state_dict().items():
        np.testing.assert_array_equal(value, before[name])
    with pytest.raises(RuntimeError, match="backward needs a forward"):  # nothing was kept
        model.backward(np.zeros((1, 2, 4, 4), np.float32))
    with pytest.raises(ValueError, match="conv2d"):  # an input that does not fit
        nn.ledger(model, (2, 6, 6))
    assert not any(module._forward_hooks for module in model.modules())


def test_groups_are_counted() -> None:
    layer = nn.Conv2d(4, 8, (3, 5), groups=2, padding="same", rng=None)
    (row,) = nn.ledger(layer, (4, 6, 7))
    assert row.macs == 8 * 2 * 15 * 6 * 7
