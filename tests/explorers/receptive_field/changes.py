"""What the tests of every explorer change in this one."""

from __future__ import annotations

from tests.explorers.every_explorer import Changes

CHANGES = Changes(
    accepted={"network": "AlexNet"},
    refused={"layer": 99},
    words="layer must be",
    light={"traced": 3},
)
