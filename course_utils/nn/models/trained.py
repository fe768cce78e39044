"""LeNet-5 with weights that ship with the course: it reads digits without being trained first."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from course_utils.nn.models.lenet import lenet5
from course_utils.nn.models.two_part import TwoPart

WEIGHTS = Path(__file__).parents[1] / "weights" / "lenet5_digits.npz"


def trained_lenet5() -> TwoPart:
    """
    LeNet-5 as ``make weights`` left it, in eval mode.

    It was trained on 1,442 of scikit-learn's digits and 1,000 sketches of digits as a mouse draws
    them, all of them turned, stretched, slanted, thinned and thickened at random;
    ``data.digits(size=32)`` keeps the test digits it has not seen. The file holds float16, which
    takes half the room.

    Returns
    -------
    TwoPart
        The network, float32: (B, 1, 32, 32) to logits (B, 10).

    Examples
    --------
    >>> from course_utils import data
    >>> digits = data.digits(size=32, dtype="float32")
    >>> int(trained_lenet5()(digits.x_test[:1]).argmax()) == int(digits.y_test[0])
    True
    """
    network = lenet5(rng=None)
    with np.load(WEIGHTS, allow_pickle=False) as file:
        network.load_state_dict({name: file[name] for name in file.files})
    return network.eval()
