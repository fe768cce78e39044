"""What the tests of every explorer change in this one."""

from __future__ import annotations

from tests.explorers.every_explorer import Changes

CHANGES = Changes(
    accepted={"depth": 20}, refused={"depth": 21}, words="depth must be", light={"layer": 5}
)
