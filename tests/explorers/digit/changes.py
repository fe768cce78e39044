"""What the tests of every explorer change in this one."""

from __future__ import annotations

from tests.explorers.every_explorer import Changes

CHANGES = Changes(
    accepted={"fit": False}, refused={"sample": 999}, words="sample must be", light={"back": 2}
)
