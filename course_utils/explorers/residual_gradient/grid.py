"""Gradient norms computed beforehand: one file, a recipe that makes it, and a look-up.

``make grid`` computes the file anew, which takes some minutes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.explorers.residual_gradient.networks import (
    INITIALISATIONS,
    Norms,
    Paths,
    measure,
    sum_paths,
)
from course_utils.explorers.shared.arrays import Array

FILE = Path(__file__).with_name("grid.npz")
SEED = 0
DEPTHS = (8, 14, 20, 32, 44, 56, 110)
SKIP_SCALES = (0.0, 0.25, 0.5, 0.75, 0.9, 1.0, 1.1)
BLOCKS = (1, 2, 3, 4, 5, 6, 7, 8)

NetKey = tuple[int, float, str, bool, bool]
PathKey = tuple[int, float, str, bool]


def net_keys() -> Iterator[NetKey]:
    """Every network of the grid, in the order of the file."""
    both = (True, False)
    yield from itertools.product(DEPTHS, SKIP_SCALES, INITIALISATIONS, both, both)


def path_keys() -> Iterator[PathKey]:
    """Every small net whose paths are summed, in the order of the file."""
    yield from itertools.product(BLOCKS, SKIP_SCALES, INITIALISATIONS, (True, False))


def compute() -> dict[str, Array]:
    """Compute the whole grid."""
    nets = [measure(*key, SEED) for key in net_keys()]
    paths = [sum_paths(*key, SEED) for key in path_keys()]
    return {
        "signal": np.log10(np.concatenate([net.signal for net in nets])).astype(np.float32),
        "weights": np.log10(np.concatenate([net.weights for net in nets])).astype(np.float32),
        "path_norms": np.concatenate([path.norms for path in paths]),
        "path_total": np.array([path.total for path in paths]),
        "path_gap": np.array([path.gap for path in paths]),
    }


@lru_cache(maxsize=1)
def load() -> tuple[dict[NetKey, Norms], dict[PathKey, Paths]]:
    """Read the file."""
    with np.load(FILE) as stored:
        signal = 10.0 ** stored["signal"].astype(np.float64)
        weights = 10.0 ** stored["weights"].astype(np.float64)
        path_norms, total, gap = stored["path_norms"], stored["path_total"], stored["path_gap"]
    nets: dict[NetKey, Norms] = {}
    s = w = 0
    for net_key in net_keys():
        depth = net_key[0]
        blocks = (depth - 2) // 2
        nets[net_key] = Norms(signal[s : s + blocks + 1], weights[w : w + depth])
        s, w = s + blocks + 1, w + depth
    paths: dict[PathKey, Paths] = {}
    at = 0
    for n, path_key in enumerate(path_keys()):
        L = path_key[0]
        paths[path_key] = Paths(path_norms[at : at + L + 1], float(total[n]), float(gap[n]))
        at += L + 1
    return nets, paths


def norms_of(
    depth: int,
    skip_scale: float,
    initialisation: str,
    normalisation: bool,
    pre_activation: bool,
    seed: int = SEED,
) -> tuple[Norms, bool]:
    """Gradient norms of a network: from the file where it is there, else computed now."""
    key = (depth, float(skip_scale), initialisation, normalisation, pre_activation)
    if seed == SEED and key in load()[0]:
        return load()[0][key], True
    return _measured(*key, seed), False


def paths_of(
    blocks: int, skip_scale: float, initialisation: str, normalisation: bool, seed: int = SEED
) -> Paths:
    """The paths of a small net: from the file where they are there, else summed now."""
    key = (blocks, float(skip_scale), initialisation, normalisation)
    if seed == SEED and key in load()[1]:
        return load()[1][key]
    return _summed(*key, seed)


@lru_cache(maxsize=64)
def _measured(
    depth: int, skip_scale: float, initialisation: str, normalisation: bool, pre: bool, seed: int
) -> Norms:
    return measure(depth, skip_scale, initialisation, normalisation, pre, seed)


@lru_cache(maxsize=64)
def _summed(
    blocks: int, skip_scale: float, initialisation: str, normalisation: bool, seed: int
) -> Paths:
    return sum_paths(blocks, skip_scale, initialisation, normalisation, seed)


if __name__ == "__main__":
    grid: dict[str, Any] = compute()
    np.savez_compressed(FILE, **grid)
    print(f"written: {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")
