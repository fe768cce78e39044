"""What holds for every network that torchvision has too."""

import re
from typing import Any

import numpy as np
import torch
import torchvision

from course_utils import nn
from course_utils.nn import models


def same_parameters(name: str, count: int) -> None:
    """As many, under the same names and of the same shapes, as torchvision and its pages say."""
    build = getattr(models, name)
    ours = build(rng=None)
    with torch.device("meta"):  # shapes without numbers cost nothing
        theirs = getattr(torchvision.models, name)(weights=None)
    assert ours.count_parameters() == count
    shapes = {key: tuple(value.shape) for key, value in theirs.state_dict().items()}
    assert {key: value.shape for key, value in ours._state()} == shapes
    learnt = {key for key, _ in theirs.named_parameters()}
    assert {key for key, _ in ours.named_parameters()} == learnt
    # What help() says is true too.
    assert build.__name__ == name
    assert [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) parameters", build.__doc__)] == [
        count
    ]


def filled(name: str, dtype: torch.dtype = torch.float64) -> Any:
    """Torchvision's model in eval mode, with cheap random weights and statistics."""
    with torch.device("meta"):
        model = getattr(torchvision.models, name)(weights=None).to(dtype)
    model = model.to_empty(device="cpu").eval()
    generator = torch.Generator().manual_seed(0)
    # Numbers drawn once and laid end to end: to draw 138 million would take longer than the rest.
    noise = torch.randn(1_000_003, generator=generator, dtype=dtype)
    for key, tensor in model.state_dict().items():
        if not tensor.is_floating_point():
            tensor.zero_()
            continue
        flat = tensor.view(-1)
        for start in range(0, len(flat), len(noise)):
            part = flat[start : start + len(noise)]
            part.copy_(noise[: len(part)])
        if tensor.ndim > 1:
            tensor.mul_((2 / tensor[0].numel()) ** 0.5)
        elif "var" in key or "bn" in key or "downsample" in key:
            tensor.mul_(0.2)
            if "bias" not in key and "mean" not in key:
                tensor.add_(1).clamp_(min=0.3)
    return model


def share_weights(theirs: Any, ours: nn.Module) -> None:
    """Let ours use the very arrays of theirs, name by name: too many to be copied."""
    state = theirs.state_dict()
    for name, parameter in ours.named_parameters():
        parameter.data = state[name].numpy()


def same_logits(ours: nn.Module, theirs: Any, side: int, exact: float = 1e-10) -> None:
    """The logits of one random picture, to within a share of the largest."""
    dtype = ours.parameters()[0].data.dtype
    x = np.random.default_rng(1).normal(size=(1, 3, side, side)).astype(dtype)
    with torch.inference_mode():
        expected = theirs(torch.from_numpy(x)).numpy()
    logits = ours.eval()(x)
    assert logits.shape == (1, 1000)
    scale = abs(expected).max()
    assert expected.std() > 1e-3 * scale > 0  # the logits differ among themselves
    np.testing.assert_allclose(logits, expected, rtol=0, atol=exact * scale)
