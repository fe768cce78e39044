"""Lesson 00, the toy exercise on which the answers are shown."""

from . import neighbour_mean

EXERCISES = [
    neighbour_mean.EXERCISE,
]
