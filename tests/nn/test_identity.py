"""The layer that does nothing, beside PyTorch's."""

import torch

from course_utils import nn
from tests.nn.layer_checks import behaves


def test_pytorchs() -> None:
    behaves((nn.Identity, torch.nn.Identity, (2, 3)), training=True)
