"""VGG: nothing but 3 × 3 convolutions and 2 × 2 pools, until three fully connected layers.

K. Simonyan and A. Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition,
ICLR 2015 (arXiv 1409.1556).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.nn import init
from course_utils.nn.activation import ReLU
from course_utils.nn.convolution import Conv2d
from course_utils.nn.dropout import Dropout
from course_utils.nn.linear import Linear
from course_utils.nn.models.family import member
from course_utils.nn.models.two_part import TwoPart
from course_utils.nn.module import Module
from course_utils.nn.normalization import BatchNorm2d
from course_utils.nn.pooling import MaxPool2d
from course_utils.nn.sequential import Sequential

# Filters of each convolution; a pool ends each row. Columns A, B, D and E of the paper's table 1.
CONFIGURATIONS = {
    11: ((64,), (128,), (256, 256), (512, 512), (512, 512)),
    13: ((64, 64), (128, 128), (256, 256), (512, 512), (512, 512)),
    16: ((64, 64), (128, 128), (256,) * 3, (512,) * 3, (512,) * 3),
    19: ((64, 64), (128, 128), (256,) * 4, (512,) * 4, (512,) * 4),
}


def vgg(
    depth: int,
    batch_norm: bool = False,
    num_classes: int = 1000,
    dropout: float = 0.5,
    *,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike = np.float32,
) -> TwoPart:
    """
    VGG of a given depth, which is the number of layers with weights.

    Parameters
    ----------
    depth : {11, 13, 16, 19}
        Layers with weights, three of them fully connected.
    batch_norm : bool, default False
        Whether each convolution is followed by batch normalisation.
    num_classes : int, default 1000
        Outputs.
    dropout : float, default 0.5
        Probability of being dropped, after the first two fully connected layers.
    rng : numpy.random.Generator or None
        Where the initial weights and the dropout come from. None leaves zeros, for weights
        that will be loaded, and is enough for use but not for training.
    dtype : dtype, default float32
        float32 or float64.

    Returns
    -------
    TwoPart
        The network: (B, 3, H, W) with H and W at least 32 (made for 224) to logits; names of
        weights as in torchvision's ``vgg16`` and relatives.

    Raises
    ------
    ValueError
        If there is no such depth.

    Examples
    --------
    >>> vgg(16, rng=None).count_parameters()
    138357544
    """
    if depth not in CONFIGURATIONS:
        raise ValueError(f"vgg: depth is {depth}, expected 11, 13, 16 or 19")
    layers: list[Module] = []
    C = 3
    for row in CONFIGURATIONS[depth]:
        for K in row:
            layers.append(Conv2d(C, K, 3, padding=1, rng=None, dtype=dtype))
            if batch_norm:
                layers.append(BatchNorm2d(K, dtype=dtype))
            layers.append(ReLU())
            C = K
        layers.append(MaxPool2d(2))
    model = TwoPart(
        Sequential(*layers),
        Sequential(
            Linear(512 * 7 * 7, 4096, rng=None, dtype=dtype), ReLU(),
            Dropout(dropout, rng=rng),
            Linear(4096, 4096, rng=None, dtype=dtype), ReLU(),
            Dropout(dropout, rng=rng),
            Linear(4096, num_classes, rng=None, dtype=dtype),
        ),
        pooled=7,
    )  # fmt: skip
    if rng is not None:
        _initialise(model, rng)
    return model


def _initialise(model: Module, rng: np.random.Generator) -> None:
    """Draw all weights as torchvision does."""
    for module in model.modules():
        if isinstance(module, Conv2d):
            weight = module.weight
            weight.data = init.kaiming_normal(
                weight.shape, rng, mode="fan_out", dtype=weight.data.dtype
            )
        elif isinstance(module, Linear):
            weight = module.weight
            weight.data = rng.normal(0.0, 0.01, weight.shape).astype(weight.data.dtype)


# Each with the number of its parameters, its depth, and whether it normalises.
vgg11 = member("vgg11", 132_863_336, vgg, 11)
vgg13 = member("vgg13", 133_047_848, vgg, 13)
vgg16 = member("vgg16", 138_357_544, vgg, 16)
vgg19 = member("vgg19", 143_667_240, vgg, 19)
vgg11_bn = member("vgg11_bn", 132_868_840, vgg, 11, True)
vgg13_bn = member("vgg13_bn", 133_053_736, vgg, 13, True)
vgg16_bn = member("vgg16_bn", 138_365_992, vgg, 16, True)
vgg19_bn = member("vgg19_bn", 143_678_248, vgg, 19, True)
