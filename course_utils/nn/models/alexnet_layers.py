"""AlexNet, in the form that torchvision has: one column, no local response normalisation.

A. Krizhevsky, One Weird Trick for Parallelizing Convolutional Neural Networks, 2014; first in
A. Krizhevsky, I. Sutskever and G. Hinton, ImageNet Classification with Deep Convolutional Neural
Networks, NIPS 2012.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.nn.activation import ReLU
from course_utils.nn.convolution import Conv2d
from course_utils.nn.dropout import Dropout
from course_utils.nn.linear import Linear
from course_utils.nn.models.two_part import TwoPart
from course_utils.nn.pooling import MaxPool2d
from course_utils.nn.sequential import Sequential


def alexnet(
    num_classes: int = 1000,
    dropout: float = 0.5,
    *,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike = np.float32,
) -> TwoPart:
    """
    AlexNet: 61,100,840 parameters, of which the first fully connected layer has 37,752,832.

    Parameters
    ----------
    num_classes : int, default 1000
        Outputs.
    dropout : float, default 0.5
        Probability of being dropped, before the first two fully connected layers.
    rng : numpy.random.Generator or None
        Where the initial weights and the dropout come from. None leaves zeros, for weights
        that will be loaded, and is enough for use but not for training.
    dtype : dtype, default float32
        float32 or float64.

    Returns
    -------
    TwoPart
        The network: (B, 3, H, W) with H and W at least 63 (made for 224) to logits; names of
        weights as in ``torchvision.models.alexnet``.

    Examples
    --------
    >>> alexnet(rng=None).count_parameters()
    61100840
    """
    return TwoPart(
        Sequential(
            Conv2d(3, 64, 11, stride=4, padding=2, rng=rng, dtype=dtype), ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(64, 192, 5, padding=2, rng=rng, dtype=dtype), ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(192, 384, 3, padding=1, rng=rng, dtype=dtype), ReLU(),
            Conv2d(384, 256, 3, padding=1, rng=rng, dtype=dtype), ReLU(),
            Conv2d(256, 256, 3, padding=1, rng=rng, dtype=dtype), ReLU(),
            MaxPool2d(3, stride=2),
        ),
        Sequential(
            Dropout(dropout, rng=rng),
            Linear(256 * 6 * 6, 4096, rng=rng, dtype=dtype), ReLU(),
            Dropout(dropout, rng=rng),
            Linear(4096, 4096, rng=rng, dtype=dtype), ReLU(),
            Linear(4096, num_classes, rng=rng, dtype=dtype),
        ),
        pooled=6,
    )  # fmt: skip
