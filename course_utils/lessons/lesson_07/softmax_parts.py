"""The parts of a softmax, from which the mistakes of this lesson are put together."""

import numpy as np


def shares(e, axis=1):
    """Divide positive numbers by their sum."""
    with np.errstate(all="ignore"):
        return e / e.sum(axis=axis, keepdims=True)


def unguarded_exp(z):
    """Take exponentials as they come, infinite ones too."""
    with np.errstate(all="ignore"):
        return np.exp(z)


def shifted_exp(z):
    """Take exponentials after subtracting each row's largest score."""
    return np.exp(z - z.max(axis=1, keepdims=True))


def one_hot(z, target):
    """Give each row of z a 1 at its right class and 0 elsewhere."""
    return np.eye(z.shape[1])[target]
