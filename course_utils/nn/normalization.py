"""Batch normalisation and local response normalisation as layers."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn.module import Module
from course_utils.nn.options import float_dtype
from course_utils.nn.parameter import Array, Parameter
from course_utils.ops.options import flag, integer


class BatchNorm2d(Module):
    """
    Every channel shifted and scaled to mean 0 and variance 1: ``torch.nn.BatchNorm2d``.

    While training, mean and variance are those of the batch, and the running statistics move
    towards them; in use, the running statistics take their place. As in PyTorch the batch is
    divided by its biased variance, and the running variance takes in the unbiased one.

    Parameters
    ----------
    num_features : int
        Channels C.
    eps : float, default 1e-5
        Added to the variance.
    momentum : float or None, default 0.1
        Share of the new batch in the running statistics; None for the plain mean of all
        batches so far.
    affine : bool, default True
        Whether a learnt scale and shift follow.
    track_running_stats : bool, default True
        Whether running statistics are kept; without them, those of the batch are always used.
    dtype : dtype, default float32
        float32 or float64.

    Attributes
    ----------
    weight, bias : Parameter of shape (C,) or None
        Scale γ (from 1) and shift β (from 0).
    running_mean, running_var : ndarray of shape (C,) or None
        Running statistics.
    num_batches_tracked : ndarray of shape () or None
        How many batches they have seen.

    Notes
    -----
    S. Ioffe and C. Szegedy, Batch Normalization: Accelerating Deep Network Training by Reducing
    Internal Covariate Shift, ICML 2015.

    Examples
    --------
    >>> layer = BatchNorm2d(2, dtype=np.float64)
    >>> x = np.random.default_rng(0).normal(5.0, 3.0, size=(4, 2, 6, 6))
    >>> bool(np.allclose(layer(x).mean(axis=(0, 2, 3)), 0))
    True
    >>> list(layer.state_dict())
    ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']
    """

    buffer_names: ClassVar[tuple[str, ...]] = ("running_mean", "running_var", "num_batches_tracked")

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        C = self.num_features = integer("BatchNorm2d", "num_features", num_features, 1)
        self.eps, self.momentum = eps, momentum
        self.affine = flag("BatchNorm2d", "affine", affine)
        self.track_running_stats = flag("BatchNorm2d", "track_running_stats", track_running_stats)
        dtype = float_dtype("BatchNorm2d", dtype)
        self.weight = Parameter(np.ones(C, dtype)) if affine else None
        self.bias = Parameter(np.zeros(C, dtype)) if affine else None
        self.running_mean = np.zeros(C, dtype) if track_running_stats else None
        self.running_var = np.ones(C, dtype) if track_running_stats else None
        self.num_batches_tracked = np.array(0, np.int64) if track_running_stats else None

    def forward(self, x: Array) -> Array:
        """The output y = γ (x − μ)/√(σ² + ε) + β, channel by channel."""
        if x.ndim != 4 or x.shape[1] != self.num_features:
            raise ValueError(
                f"BatchNorm2d: x has shape {x.shape}, expected (B, {self.num_features}, H, W)"
            )
        use_batch = self.training or self.running_mean is None
        if use_batch and x.size == self.num_features:
            raise ValueError(
                f"BatchNorm2d: x has shape {x.shape}, and one number for each channel has no "
                "variance. Is it the last batch, of one example? fit(drop_last=True) leaves it "
                "out, and so does another batch_size; outside training, call eval() first"
            )
        momentum = 0.0 if self.momentum is None else self.momentum
        if self.training and self.num_batches_tracked is not None:
            self.num_batches_tracked += 1
            if self.momentum is None:
                momentum = 1.0 / float(self.num_batches_tracked)
        # In use, the statistics may move on before the backward pass; kept as they are now.
        mean, var = self.running_mean, self.running_var
        self._keep(
            x,
            use_batch,
            None if use_batch or mean is None else mean.copy(),
            None if use_batch or var is None else var.copy(),
        )
        weight, bias = self._scale_and_shift()
        return ops.batch_norm(x, mean, var, weight, bias, use_batch, momentum, self.eps)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x; while training, through the mean and the variance too."""
        x, use_batch, mean, var = self._kept()
        weight, bias = self._scale_and_shift()
        grad_x, _, _, grad_weight, grad_bias = ops.batch_norm_backward(
            grad_output, x, mean, var, weight, bias, use_batch, 0.0, self.eps
        )
        if self.weight is not None and grad_weight is not None:
            self.weight.accumulate(grad_weight)
        if self.bias is not None and grad_bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x

    def _scale_and_shift(self) -> tuple[Array | None, Array | None]:
        if self.weight is None or self.bias is None:
            return None, None
        return self.weight.data, self.bias.data

    def extra_repr(self) -> str:
        """Channels and options."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, "
            f"affine={self.affine}, track_running_stats={self.track_running_stats}"
        )


class LocalResponseNorm(Module):
    """
    Each number divided by the strength of its neighbours: ``torch.nn.LocalResponseNorm``.

    Parameters
    ----------
    size : int
        Number of neighbouring channels that count.
    alpha, beta, k : float
        As `ops.local_response_norm` takes them.

    Notes
    -----
    A. Krizhevsky, I. Sutskever and G. Hinton, ImageNet Classification with Deep Convolutional
    Neural Networks, NIPS 2012, with size 5, α = 10⁻⁴ (not divided by the size), β = 0.75, k = 2.

    Examples
    --------
    >>> LocalResponseNorm(5)(np.ones((1, 8, 4, 4))).shape
    (1, 8, 4, 4)
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> None:
        super().__init__()
        self.size = integer("LocalResponseNorm", "size", size, 1)
        self.alpha, self.beta, self.k = alpha, beta, k

    def forward(self, x: Array) -> Array:
        """The output y = x / (k + α/size · sum of neighbours' squares)^β."""
        self._keep(x)
        return ops.local_response_norm(x, self.size, self.alpha, self.beta, self.k)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x, through the neighbours too."""
        return ops.local_response_norm_backward(
            grad_output, self._kept(), self.size, self.alpha, self.beta, self.k
        )

    def extra_repr(self) -> str:
        """Size, α, β and k."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"
