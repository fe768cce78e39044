"""Layers, losses, optimisers and models in NumPy, with PyTorch's names.

Everything is built on `course_utils.ops`. A layer's ``forward`` keeps what its ``backward``
needs; ``state_dict`` has PyTorch's keys, so weights go from one to the other by name.
"""

from course_utils.nn import init
from course_utils.nn.accuracies import accuracy
from course_utils.nn.activation import ReLU, Sigmoid, Tanh
from course_utils.nn.checkpoint import load_checkpoint, save_checkpoint
from course_utils.nn.convolution import Conv2d
from course_utils.nn.costs import Entry, ledger
from course_utils.nn.dropout import Dropout
from course_utils.nn.flatten import Flatten
from course_utils.nn.hooks import RemovableHandle
from course_utils.nn.identity import Identity
from course_utils.nn.linear import Linear
from course_utils.nn.loss import CrossEntropyLoss, MSELoss
from course_utils.nn.modes import evaluating
from course_utils.nn.module import Module
from course_utils.nn.normalization import BatchNorm2d, LocalResponseNorm
from course_utils.nn.optim import SGD, Adam, AdamW, Optimizer
from course_utils.nn.parameter import Parameter
from course_utils.nn.pooling import AdaptiveAvgPool2d, AvgPool2d, MaxPool2d
from course_utils.nn.receptive_fields import receptive_field_rows
from course_utils.nn.schedule import CosineAnnealingLR, MultiStepLR, Schedule, StepLR
from course_utils.nn.sequential import Sequential
from course_utils.nn.training import History, evaluate, fit, minibatches, predict, train_step

__all__ = [
    "SGD",
    "Adam",
    "AdamW",
    "AdaptiveAvgPool2d",
    "AvgPool2d",
    "BatchNorm2d",
    "Conv2d",
    "CosineAnnealingLR",
    "CrossEntropyLoss",
    "Dropout",
    "Entry",
    "Flatten",
    "History",
    "Identity",
    "Linear",
    "LocalResponseNorm",
    "MSELoss",
    "MaxPool2d",
    "Module",
    "MultiStepLR",
    "Optimizer",
    "Parameter",
    "ReLU",
    "RemovableHandle",
    "Schedule",
    "Sequential",
    "Sigmoid",
    "StepLR",
    "Tanh",
    "accuracy",
    "evaluate",
    "evaluating",
    "fit",
    "init",
    "ledger",
    "load_checkpoint",
    "minibatches",
    "predict",
    "receptive_field_rows",
    "save_checkpoint",
    "train_step",
]
