"""What the tests of every explorer change in this one."""

from __future__ import annotations

from tests.explorers.every_explorer import Changes

CHANGES = Changes(
    accepted={"mode": "valid"}, refused={"w_size": 99}, words="size of w", light={"t": 5}
)
