"""AlexNet beside torchvision's."""

import torch

from course_utils.nn import models
from tests.nn.models.torchvision_checks import filled, same_logits, same_parameters, share_weights


def test_count_names_and_shapes_are_torchvisions() -> None:
    same_parameters("alexnet", 61_100_840)


def test_logits_are_torchvisions() -> None:
    theirs, ours = filled("alexnet", torch.float32), models.alexnet(rng=None)
    share_weights(theirs, ours)
    same_logits(ours, theirs, side=224, exact=1e-5)
