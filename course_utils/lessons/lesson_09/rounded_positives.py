"""Random variances, and scales of normalisation: positive numbers."""

import numpy as np


def rounded_positives(seed, size):
    """Draw `size` numbers between 0.5 and 3, rounded to two decimals."""
    return np.round(np.random.default_rng(seed).uniform(0.5, 3.0, size=size), 2)
