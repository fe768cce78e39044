"""What the tests of every explorer change in this one."""

from __future__ import annotations

from tests.explorers.every_explorer import Changes

CHANGES = Changes(
    accepted={"stride": 2}, refused={"stride": 99}, words="stride must be", light={"focus": [2, 3]}
)
