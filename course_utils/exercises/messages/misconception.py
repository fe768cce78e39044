"""The message that names a misconception, or one that the answers resemble."""

from __future__ import annotations

from course_utils.exercises.definition import Misconception
from course_utils.exercises.messages.notice import Block, Text


def named(misconception: Misconception) -> list[Block]:
    """Say which misconception the function behaves like in every case, and why it is wrong."""
    return [
        Text(f"It behaves like a known misconception: {misconception.name}."),
        Text(misconception.explanation),
    ]


def resembled(misconception: Misconception, agreements: int, failures: int) -> list[Block]:
    """Say which misconception the answers are like in most of the cases that fail."""
    cases = f"all {failures} cases"
    if agreements < failures:
        cases = f"{agreements} of the {failures} cases"
    return [
        Text(
            f"In {cases} that fail it answers like a known misconception: {misconception.name}. "
            "There may be more to it."
        ),
        Text(misconception.explanation),
    ]
