"""Lesson 10, residual networks."""

from . import (
    block,
    block_backward,
    block_backward_relus,  # noqa: F401 - more misconceptions of block_backward
    cifar_parameters,
    gradient_through,
    paths_by_length,
    shortcut_a,
)

EXERCISES = [
    block.EXERCISE,
    block_backward.EXERCISE,
    gradient_through.EXERCISE,
    paths_by_length.EXERCISE,
    shortcut_a.EXERCISE,
    cifar_parameters.EXERCISE,
]
