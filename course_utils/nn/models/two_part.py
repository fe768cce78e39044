"""The shape that LeNet-5, AlexNet and VGG share: filters first, then a classifier."""

from __future__ import annotations

from course_utils.nn.flatten import Flatten
from course_utils.nn.pooling import AdaptiveAvgPool2d
from course_utils.nn.sequential import Sequential


class TwoPart(Sequential):
    """
    Feature maps, brought to one size, laid out in a row, and classified.

    Parameters
    ----------
    features : Sequential
        Convolutions and pools.
    classifier : Sequential
        Fully connected layers.
    pooled : int, optional
        Side to which the feature maps are averaged before the classifier, so that pictures
        of any size will do. None leaves them as they are.

    Examples
    --------
    >>> import numpy as np
    >>> from course_utils import nn
    >>> net = TwoPart(nn.Sequential(nn.ReLU()), nn.Sequential(nn.ReLU()), pooled=2)
    >>> net(np.ones((5, 3, 8, 8))).shape
    (5, 12)
    """

    features: Sequential
    classifier: Sequential

    def __init__(
        self, features: Sequential, classifier: Sequential, pooled: int | None = None
    ) -> None:
        avgpool = Sequential() if pooled is None else AdaptiveAvgPool2d(pooled)
        parts = {
            "features": features,
            "avgpool": avgpool,
            "flatten": Flatten(),
            "classifier": classifier,
        }
        super().__init__(parts)
