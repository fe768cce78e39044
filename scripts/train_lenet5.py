"""Train the LeNet-5 that ships with the course, and write its weights: `make weights`."""

from __future__ import annotations

import numpy as np
from sketched_digits import sketches

from course_utils import data, nn, ops
from course_utils.data.resizing import resize
from course_utils.explorers.digit.drawing import SIDE, prepare
from course_utils.nn.models import lenet5
from course_utils.nn.models.trained import WEIGHTS
from course_utils.nn.parameter import Array

EPOCHS = 60
BATCH = 64


def warp(x: Array, rng: np.random.Generator) -> Array:
    """Turn, stretch, slant, move, and thin or thicken each digit of (B, 1, H, W)."""
    B, _, H, W = x.shape
    each = (B, 1, 1)
    turn, slant = rng.normal(0, 0.10, each), rng.normal(0, 0.15, each)
    tall, wide = rng.uniform(0.85, 1.05, each), rng.uniform(0.65, 1.1, each)
    down, right = rng.uniform(-2, 2, (2, *each))
    c, s = np.cos(turn), np.sin(turn)
    # where the value of each output pixel comes from: rotation, then slant, then the two scales
    i = np.arange(H)[None, :, None] - (H - 1) / 2 - down
    j = np.arange(W)[None, None, :] - (W - 1) / 2 - right
    row, column = (c * i + s * j) / tall, (c * j - s * i) / wide + slant * i
    warped = bilinear(x[:, 0], row + (H - 1) / 2, column + (W - 1) / 2)
    # thinner or thicker: another threshold, with a softer or harder edge
    level = rng.uniform(0.2, 0.7, each)
    gain = rng.uniform(1.0, 3.0, each)
    inked = np.clip((warped - level) * gain + 0.5, 0, 1) * (warped > 0.02)
    plain = rng.random(each) < 0.35
    blocks = np.where(plain, warped, inked).reshape(B, H // 4, 4, W // 4, 4).mean(axis=(2, 4))
    return np.clip(resize(blocks, SIDE), 0, 1)[:, None].astype(x.dtype)


def bilinear(x: Array, row: Array, column: Array) -> Array:
    """Values of (B, H, W) at places between the pixels; zero outside."""
    B = len(x)
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    H, W = padded.shape[1:]
    row, column = np.clip(row + 1, 0, H - 1.001), np.clip(column + 1, 0, W - 1.001)
    i, j = row.astype(int), column.astype(int)
    u, v = row - i, column - j
    n = np.arange(B)[:, None, None]
    top = padded[n, i, j] * (1 - v) + padded[n, i, j + 1] * v
    below = padded[n, i + 1, j] * (1 - v) + padded[n, i + 1, j + 1] * v
    values: Array = top * (1 - u) + below * u
    return values


def augment(x: Array, rng: np.random.Generator) -> Array:
    """Half of the digits warped, the others only moved."""
    warped = rng.random((len(x), 1, 1, 1)) < 0.6
    return np.where(warped, warp(x, rng), data.random_shift(x, rng))


def main() -> None:
    """Train, round to float16, judge on digits never learnt from, and write the file."""
    ops.set_num_threads(1)
    digits = data.digits(size=32, dtype=np.float32)
    rng = np.random.default_rng(5)
    x, y = sketches(1000, rng)
    x, y = np.concatenate([digits.x_train, x]), np.concatenate([digits.y_train, y])
    network = lenet5(rng=rng)
    nn.init.reset(network, rng=rng)
    optimiser = nn.Adam(network.parameters(), lr=2e-3)
    nn.fit(
        network, optimiser, x, y, epochs=EPOCHS, batch_size=BATCH,
        rng=rng, schedule=nn.CosineAnnealingLR(optimiser, EPOCHS), augment=augment,
    )  # fmt: skip
    state = {name: value.astype(np.float16) for name, value in network.state_dict().items()}
    network.load_state_dict(state)
    _, raw = nn.evaluate(network, digits.x_test, digits.y_test)
    seen = np.array([prepare(x[0].astype(float)) for x in digits.x_test])[:, None]
    _, prepared = nn.evaluate(network, seen.astype(np.float32), digits.y_test)
    WEIGHTS.parent.mkdir(exist_ok=True)
    np.savez_compressed(WEIGHTS, allow_pickle=False, **state)
    print(f"held-out digits read: {raw:.2%} as they are, {prepared:.2%} as the explorer has them")
    print(f"written: {WEIGHTS.name}, {WEIGHTS.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
