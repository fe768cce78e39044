"""The shape that LeNet-5, AlexNet and VGG share: filters first, then a classifier."""

from __future__ import annotations

from course_utils.nn.linear import Flatten
from course_utils.nn.module import Array, Module, Sequential
from course_utils.nn.pooling import AdaptiveAvgPool2d


class TwoPart(Module):
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

    def __init__(
        self, features: Sequential, classifier: Sequential, pooled: int | None = None
    ) -> None:
        super().__init__()
        self.features = features
        self.avgpool = Sequential() if pooled is None else AdaptiveAvgPool2d(pooled)
        self.flatten = Flatten()
        self.classifier = classifier

    def forward(self, x: Array) -> Array:
        """Logits: classifier(flatten(pool(features(x))))."""
        return self.classifier(self.flatten(self.avgpool(self.features(x))))

    def backward(self, grad_output: Array) -> Array:
        """The same way back."""
        grad = self.flatten.backward(self.classifier.backward(grad_output))
        return self.features.backward(self.avgpool.backward(grad))

    def backward_to_parameters(self, grad_output: Array) -> None:
        """The same way back, down to what the first layer learns."""
        grad = self.flatten.backward(self.classifier.backward(grad_output))
        self.features.backward_to_parameters(self.avgpool.backward(grad))
