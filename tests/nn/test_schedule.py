"""Schedules, epoch for epoch beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn

SCHEDULES: list[tuple[Any, Any, dict[str, Any]]] = [
    (nn.StepLR, torch.optim.lr_scheduler.StepLR, {"step_size": 3, "gamma": 0.5}),
    (nn.StepLR, torch.optim.lr_scheduler.StepLR, {"step_size": 1}),
    (nn.MultiStepLR, torch.optim.lr_scheduler.MultiStepLR, {"milestones": [2, 3, 3, 9]}),
    (nn.CosineAnnealingLR, torch.optim.lr_scheduler.CosineAnnealingLR, {"T_max": 12}),
    (
        nn.CosineAnnealingLR,
        torch.optim.lr_scheduler.CosineAnnealingLR,
        {"T_max": 5, "eta_min": 0.01},
    ),
]


@pytest.mark.parametrize(("our_kind", "their_kind", "options"), SCHEDULES)
def test_every_rate_is_pytorchs(our_kind: Any, their_kind: Any, options: dict[str, Any]) -> None:
    our_optimizer = nn.SGD([nn.Parameter(np.zeros(1))], lr=0.3)
    their_optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.3)
    our_schedule = our_kind(our_optimizer, **options)
    their_schedule = their_kind(their_optimizer, **options)
    for _ in range(12):
        assert our_optimizer.lr == pytest.approx(their_schedule.get_last_lr()[0], abs=1e-14)
        our_optimizer.step()
        their_optimizer.step()
        our_schedule.step()
        their_schedule.step()


def test_refusals() -> None:
    optimizer = nn.SGD([nn.Parameter(np.zeros(1))])
    with pytest.raises(ValueError, match="StepLR: step_size is 0"):
        nn.StepLR(optimizer, 0)
    with pytest.raises(ValueError, match="CosineAnnealingLR: T_max is 0"):
        nn.CosineAnnealingLR(optimizer, 0)
