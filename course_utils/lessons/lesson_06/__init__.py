"""Lesson 06, pooling."""

from . import avg_pool_backward, blur_subsample, max_pool, max_pool_backward

EXERCISES = [
    max_pool.EXERCISE,
    max_pool_backward.EXERCISE,
    avg_pool_backward.EXERCISE,
    blur_subsample.EXERCISE,
]
