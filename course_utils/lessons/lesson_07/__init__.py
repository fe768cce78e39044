"""Lesson 07, a CNN that learns."""

from . import (
    cross_entropy,
    cross_entropy_backward,
    dense,
    dense_backward,
    momentum_step,
    relu_backward,
    softmax,
    train_epoch,
)

EXERCISES = [
    relu_backward.EXERCISE,
    dense.EXERCISE,
    dense_backward.EXERCISE,
    softmax.EXERCISE,
    cross_entropy.EXERCISE,
    cross_entropy_backward.EXERCISE,
    momentum_step.EXERCISE,
    train_epoch.EXERCISE,
]
