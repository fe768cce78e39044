"""An operation beside PyTorch's: the same results, the same gradients, the same refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
import torch

from course_utils.ops.arrays import Array


def gradients(result: torch.Tensor, inputs: Sequence[torch.Tensor], upstream: Array) -> list[Array]:
    """Give PyTorch's gradients of a result with respect to its inputs."""
    found = torch.autograd.grad(result, inputs, torch.as_tensor(upstream))
    return [gradient.numpy() for gradient in found]


def agree_with_pytorch(
    forward: Callable[..., Array],
    backward: Callable[..., Any],
    reference: Callable[..., torch.Tensor],
    arrays: Sequence[Array | None],
    options: dict[str, Any],
) -> None:
    """Hold a result and all of its gradients to PyTorch's, or a refusal to PyTorch's refusal."""
    tensors = [None if a is None else torch.tensor(a, requires_grad=True) for a in arrays]
    try:
        theirs = reference(*tensors, **options)
    except RuntimeError:
        with pytest.raises(ValueError, match=rf"^{forward.__name__}: "):
            forward(*arrays, **options)
        return
    y = forward(*arrays, **options)
    assert y.dtype == np.float64
    assert y.shape == tuple(theirs.shape)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-10)
    if np.isneginf(y).any():
        return  # a max pool's window wholly in the border: PyTorch then writes beside the gradient
    upstream = np.random.default_rng(1).normal(size=y.shape)
    given = [tensor for tensor in tensors if tensor is not None]
    expected = iter(gradients(theirs, given, upstream))
    ours = backward(upstream, *arrays, **options)
    for array, gradient in zip(arrays, ours if isinstance(ours, tuple) else (ours,), strict=True):
        if array is None:
            assert gradient is None
            continue
        assert gradient.shape == array.shape
        assert gradient.dtype == array.dtype
        np.testing.assert_allclose(gradient, next(expected), rtol=0, atol=1e-10)
