"""The state of FeatureMapExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.explorers.feature_map.sources import SCENES, Layer, Source, scene
from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import Pair, named, place_in, read, whole

OWN = "your picture"


@dataclass(frozen=True, eq=False)
class FeatureMapState:
    """
    Everything that FeatureMapExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
    ``filter`` is k, ``focus`` the row and column of the output that is looked at, ``terms`` how
    many terms have been added: the channels one by one, then the bias, then ReLU.
    """

    source: Source
    layer: str
    filter: int = 0
    focus: Pair = (0, 0)
    terms: int = 0

    @property
    def here(self) -> Layer:
        """The layer that is shown."""
        return next(layer for layer in self.source.layers if layer.name == self.layer)

    @property
    def scene(self) -> str:
        """Name of the scene."""
        return self.source.name

    @property
    def image(self) -> Array:
        """The picture."""
        return self.source.image


def with_changes(state: FeatureMapState, changes: Mapping[str, Any]) -> FeatureMapState:
    """Apply changes to a state; a new scene or layer is shown as a whole, from its first filter."""
    new = state
    if "scene" in changes and changes["scene"] != new.scene:
        source = scene(named(changes["scene"], SCENES, "scene"))
        names = [layer.name for layer in source.layers]
        layer = new.layer if new.layer in names else names[0]
        new = whole_sum(replace(new, source=source, layer=layer, filter=0))
    if "image" in changes:
        image = picture(changes["image"])
        if not np.array_equal(image, new.image):
            new = replace(new, source=new.source.of(image, OWN))
    if "layer" in changes and changes["layer"] != new.layer:
        name = named(changes["layer"], [layer.name for layer in new.source.layers], "layer")
        new = whole_sum(replace(new, layer=name, filter=0))
    K, C = new.here.weight.shape[:2]
    new = replace(new, **read({"filter": whole(0, K - 1), "terms": whole(0, C + 2)}, changes))
    inside = place_in(new.here.maps.shape[1:])
    return replace(new, focus=inside("focus", changes.get("focus", new.focus)))


def picture(value: Any) -> Array:
    """Read a picture (C, H, W), or a grey one (H, W)."""
    axes = np.ndim(value) if hasattr(value, "ndim") else numbers(value, "image", 3).ndim
    return numbers(numbers(value, "image", 2)[None] if axes == 2 else value, "image", 3)


def whole_sum(state: FeatureMapState) -> FeatureMapState:
    """Add all terms, and look where the map is largest."""
    map_ = state.here.maps[state.filter]
    row, column = np.unravel_index(int(map_.argmax()), map_.shape)
    terms = state.here.weight.shape[1] + 2
    return replace(state, focus=(int(row), int(column)), terms=terms)
