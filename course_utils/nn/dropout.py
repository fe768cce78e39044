"""Dropout as a layer."""

from __future__ import annotations

import numpy as np

from course_utils import ops
from course_utils.nn.module import Module
from course_utils.nn.options import generator
from course_utils.nn.parameter import Array


class Dropout(Module):
    r"""
    Each number set to zero by chance while training: ``torch.nn.Dropout``.

    .. math:: y = \frac{m \odot x}{1 - p}, \qquad m = 1 \text{ with probability } 1 - p

    What is left is scaled up, so that the expected value stays the same and nothing needs to
    change when the network is used.

    Parameters
    ----------
    p : float, default 0.5
        Probability of a number being dropped.
    rng : numpy.random.Generator or None
        Where chance comes from. None is enough where the network is only used.

    Notes
    -----
    N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, Dropout: A Simple
    Way to Prevent Neural Networks from Overfitting, JMLR 15, 2014.

    Examples
    --------
    >>> layer = Dropout(0.5, rng=np.random.default_rng(0))
    >>> layer(np.ones(6))
    array([2., 0., 0., 0., 2., 2.])
    >>> layer.eval()(np.ones(6))
    array([1., 1., 1., 1., 1., 1.])
    """

    def __init__(self, p: float = 0.5, *, rng: np.random.Generator | None) -> None:
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"Dropout: p is {p}, expected a probability from 0 to 1")
        self.p = p
        self.rng = generator("Dropout", rng)

    def forward(self, x: Array) -> Array:
        """The input with some numbers dropped and the rest scaled by 1/(1 − p)."""
        if not self.training or self.p == 0:
            self._keep(None)
            return x
        if self.rng is None:
            raise RuntimeError(
                "Dropout: training needs a generator; build the model with "
                "rng=np.random.default_rng(seed), or call eval() first"
            )
        mask = ops.dropout_mask(x.shape, self.p, generator=self.rng).astype(x.dtype, copy=False)
        self._keep(mask)
        y: Array = x * mask
        return y

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x = mask ∂L/∂y: what was dropped learns nothing."""
        mask = self._kept()
        grad: Array = grad_output if mask is None else grad_output * mask
        return grad

    def extra_repr(self) -> str:
        """The probability."""
        return f"p={self.p}"
