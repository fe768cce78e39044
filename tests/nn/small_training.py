"""A task that a small network learns in a few epochs."""

from typing import Any

import numpy as np

from course_utils import nn

RNG = np.random.default_rng


def task(n: int = 96) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Which of three places is brightest: learnt in a few epochs."""
    rng = RNG(0)
    x = rng.normal(size=(n, 1, 4, 4)).astype(np.float32)
    return x, x[:, 0, 0, :3].argmax(axis=1)


def net(seed: int = 1, dropout: float = 0.0) -> nn.Sequential:
    rng = RNG(seed)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1, rng=rng),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Flatten(),
        nn.Dropout(dropout, rng=rng),
        nn.Linear(64, 3, rng=rng),
    )


def train(model: nn.Module, rng: np.random.Generator, epochs: int = 8, **options: Any) -> Any:
    x, y = task()
    optimizer = options.pop("optimizer", None) or nn.SGD(model.parameters(), 0.1, momentum=0.9)
    return nn.fit(
        model, optimizer, x, y, epochs=epochs, batch_size=32, rng=rng, progress=False, **options
    )
