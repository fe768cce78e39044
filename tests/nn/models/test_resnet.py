"""Torchvision's own models at 224 x 224, seeded: loaded by name, equal in their logits."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torchvision

from course_utils import nn
from course_utils.nn import models

MODELS: dict[str, Callable[[], nn.Module]] = {
    "alexnet": lambda: models.alexnet(rng=None, dtype=np.float64),
    "vgg16": lambda: models.vgg16(rng=None, dtype=np.float64),
    "resnet18": lambda: models.resnet18(rng=None, dtype=np.float64),
    "resnet50": lambda: models.resnet50(rng=None, dtype=np.float64),
}


def seeded(name: str) -> Any:
    """Torchvision's model with its own random weights, and normalisations that do something."""
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)  # no second copy of 138 million weights
    try:
        model = getattr(torchvision.models, name)(weights=None).eval()
    finally:
        torch.set_default_dtype(torch.float32)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            statistics: Any = module
            torch.nn.init.normal_(statistics.running_mean, 0.0, 0.2)
            torch.nn.init.uniform_(statistics.running_var, 0.5, 1.5)
            torch.nn.init.uniform_(statistics.weight, 0.5, 1.0)
            torch.nn.init.normal_(statistics.bias, 0.0, 0.2)
    return model


@pytest.mark.parametrize("name", MODELS)
def test_logits_are_torchvisions(name: str) -> None:
    theirs = seeded(name)
    ours = MODELS[name]()
    ours.load_state_dict(theirs.state_dict())
    ours.eval()
    x = np.random.default_rng(1).normal(size=(1, 3, 224, 224))
    with torch.inference_mode():
        expected = theirs(torch.from_numpy(x)).numpy()
    logits = ours(x)
    assert logits.shape == (1, 1000)
    scale = abs(expected).max()
    assert expected.std() > 1e-3 * scale > 0  # the logits differ among themselves
    np.testing.assert_allclose(logits, expected, rtol=0, atol=1e-10 * scale)
