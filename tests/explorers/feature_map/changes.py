"""What the tests of every explorer change in this one."""

from __future__ import annotations

from tests.explorers.every_explorer import Changes

CHANGES = Changes(
    accepted={"filter": 4}, refused={"filter": 6}, words="filter must be", light={"focus": [2, 3]}
)
