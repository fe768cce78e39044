"""Lesson 08, classic architectures."""

from . import compose, network_cost, padding_for, sparse_parameters, stack_and_single

EXERCISES = [
    network_cost.EXERCISE,
    sparse_parameters.EXERCISE,
    padding_for.EXERCISE,
    stack_and_single.EXERCISE,
    compose.EXERCISE,
]
