"""The call that makes a thing, shown when it is printed."""

import numpy as np
import pytest

from course_utils import nn
from course_utils.nn import models

PARAMETERS = [nn.Parameter(np.zeros(1))]


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        (
            nn.SGD(PARAMETERS, 0.1, momentum=0.9),
            "SGD(lr=0.1, momentum=0.9, dampening=0.0, weight_decay=0.0, nesterov=False)",
        ),
        (
            nn.AdamW(PARAMETERS),
            "AdamW(lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01)",
        ),
        (nn.StepLR(nn.SGD(PARAMETERS), 3), "StepLR(step_size=3, gamma=0.1)"),
        (
            nn.MultiStepLR(nn.SGD(PARAMETERS), [4, 2]),
            "MultiStepLR(milestones=[2, 4], gamma=0.1)",
        ),
        (nn.CosineAnnealingLR(nn.SGD(PARAMETERS), 5), "CosineAnnealingLR(T_max=5, eta_min=0.0)"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_arguments_are_shown(thing: object, text: str) -> None:
    assert repr(thing) == text


def test_nothing_shows_an_address() -> None:
    rng = np.random.default_rng(0)
    net = models.CifarResNet(8, "B", rng=rng)
    things = [
        *net.modules(), *models.LeNet5(rng=None).modules(), *models.lenet5(rng=rng).modules(),
        nn.MSELoss(), nn.CrossEntropyLoss(), nn.Adam(net.parameters()), nn.History(),
        nn.Identity().register_forward_hook(lambda *_: None), net.parameters()[0],
        nn.Dropout(rng=rng), models.PadShortcut(2, 4, 2),
    ]  # fmt: skip
    for thing in things:
        assert " at 0x" not in repr(thing)
