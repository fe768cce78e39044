"""Random variances, and scales of normalisation: positive numbers."""

import numpy as np


def rounded_positives(seed, size):
    return np.round(np.random.default_rng(seed).uniform(0.5, 3.0, size=size), 2)
