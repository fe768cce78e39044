"""The networks of the course, from LeNet-5 to ResNet, in NumPy.

Weights have torchvision's names, so that ``model.load_state_dict(theirs.state_dict())`` works.
With ``rng=None`` a model starts from zeros, which takes no time, for weights to be loaded.
"""

from course_utils.nn.models.alexnet_layers import alexnet
from course_utils.nn.models.cifar_resnet import CifarResNet
from course_utils.nn.models.lenet import lenet5
from course_utils.nn.models.lenet_1998 import LeNet5
from course_utils.nn.models.residual_blocks import BasicBlock, Bottleneck, PreActivationBlock
from course_utils.nn.models.resnet import (
    ResNet,
    resnet18,
    resnet34,
    resnet50,
    resnet101,
    resnet152,
)
from course_utils.nn.models.shortcuts import PadShortcut
from course_utils.nn.models.trained import trained_lenet5
from course_utils.nn.models.two_part import TwoPart
from course_utils.nn.models.vgg_family import (
    vgg,
    vgg11,
    vgg11_bn,
    vgg13,
    vgg13_bn,
    vgg16,
    vgg16_bn,
    vgg19,
    vgg19_bn,
)

__all__ = [
    "BasicBlock",
    "Bottleneck",
    "CifarResNet",
    "LeNet5",
    "PadShortcut",
    "PreActivationBlock",
    "ResNet",
    "TwoPart",
    "alexnet",
    "lenet5",
    "resnet18",
    "resnet34",
    "resnet50",
    "resnet101",
    "resnet152",
    "trained_lenet5",
    "vgg",
    "vgg11",
    "vgg11_bn",
    "vgg13",
    "vgg13_bn",
    "vgg16",
    "vgg16_bn",
    "vgg19",
    "vgg19_bn",
]
