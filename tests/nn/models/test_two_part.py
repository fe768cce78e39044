"""Filters, then a classifier."""

import numpy as np

from course_utils import nn
from course_utils.nn import models
from tests.nn.layer_checks import RNG


def test_pictures_of_any_size_where_maps_are_averaged() -> None:
    features = nn.Sequential(nn.Conv2d(3, 4, 3, rng=RNG(0)), nn.ReLU())
    net = models.TwoPart(features, nn.Sequential(nn.Linear(16, 5, rng=RNG(1))), pooled=2)
    for side in (8, 11):
        x = np.zeros((2, 3, side, side), np.float32)
        assert net(x).shape == (2, 5)
        assert net.backward(np.ones((2, 5), np.float32)).shape == x.shape
    assert net.features is features
    assert [name for name, _ in net.named_children()] == [
        "features", "avgpool", "flatten", "classifier",
    ]  # fmt: skip
