"""Lesson 09, why depth is hard."""

from . import (
    fold,
    group_norm,
    he_std,
    normalise,
    normalise_backward,
    normalise_backward_scales,  # noqa: F401 - more misconceptions of normalise_backward
    update_running,
)

EXERCISES = [
    he_std.EXERCISE,
    normalise.EXERCISE,
    normalise_backward.EXERCISE,
    update_running.EXERCISE,
    fold.EXERCISE,
    group_norm.EXERCISE,
]
