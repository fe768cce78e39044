"""The share of right answers, where answers are classes."""

from __future__ import annotations

import numpy as np

from course_utils.nn.parameter import Array


def accuracy(logits: Array, target: Array, ignore_index: int = -100) -> float | None:
    """
    Share of answers whose largest logit is that of the right class, or None if there are none.

    There is an accuracy where the network chooses between classes, so for logits of shape
    (N, C) or (N, C, ...) with C > 1, and where the target says which class is right:

    - whole numbers of shape (N,) or (N, ...) are classes: one answer for each example, or for
      each pixel of a segmentation;
    - numbers >= 0 of the shape of the logits that add up to 1 over the classes are
      probabilities: one-hot or soft labels, whose largest is the right class.

    For anything else, such as numbers or pictures to come close to, there is none.

    Parameters
    ----------
    logits : ndarray of shape (N, C) or (N, C, ...)
        The outputs of a network.
    target : ndarray of shape (N,), (N, ...) or that of the logits
        What they should be.
    ignore_index : int, default -100
        A class that does not count.

    Returns
    -------
    float or None
        From 0 to 1.

    Examples
    --------
    >>> logits = np.array([[2.0, 0.0], [2.0, 0.0], [0.0, 2.0], [0.0, 2.0]])
    >>> accuracy(logits, np.array([0, 1, 1, 1]))
    0.75
    >>> accuracy(logits, np.array([[0.9, 0.1], [0.2, 0.8], [0.0, 1.0], [0.0, 1.0]]))
    0.75
    >>> accuracy(logits[:, :1], np.array([[2.1], [1.9], [0.0], [0.1]])) is None  # a regression
    True
    """
    logits, target = np.asarray(logits), np.asarray(target)
    if logits.ndim < 2 or logits.shape[1] < 2 or logits.size == 0:
        return None
    answers = logits.argmax(axis=1)
    if target.dtype.kind in "iu" and target.shape == answers.shape:
        counted = target != ignore_index
        return float((answers == target)[counted].mean()) if counted.any() else None
    if target.shape == logits.shape and _are_probabilities(target):
        return float((answers == target.argmax(axis=1)).mean())
    return None


def _are_probabilities(target: Array) -> bool:
    """Tell whether the numbers over the classes, axis 1, are >= 0 and add up to 1."""
    if target.dtype.kind not in "iuf" or not (target >= 0).all():
        return False
    # Labels that were rounded to float16, or to three digits, are labels still.
    return bool(np.allclose(target.sum(axis=1, dtype=np.float64), 1, rtol=0, atol=1e-2))
