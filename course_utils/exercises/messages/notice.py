"""A message to the learner: a title and blocks, as text and as HTML.

The text alone is enough in a terminal. The HTML takes its colours from JupyterLab's theme, with
fall-backs elsewhere; a word always stands beside the colour.
"""

from __future__ import annotations

import enum
import html
import re
import textwrap
from dataclasses import dataclass
from typing import Any

_WIDTH = 92
_FIXED = "var(--jp-code-font-family, monospace)"
_CODE = re.compile(r"`([^`\n]+)`")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def printable(text: str) -> str:
    """Write what no terminal and no notebook can show as Python would write it."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def as_html(text: str) -> str:
    """Escape a text, so that a notebook shows it as it is.

    Notebooks typeset what stands between dollars or behind backslashes as mathematics, unless a
    tag stands in between.
    """
    escaped = html.escape(printable(text))
    return re.sub(r"[$\\]", lambda found: f"<span>{found[0]}</span>", escaped)


class Tone(enum.Enum):
    """The colour of the bar beside a message, as CSS with a fall-back."""

    GOOD = "var(--jp-success-color1, #2b7d4f)"
    QUIET = "var(--jp-border-color1, #8a8a8a)"
    MEND = "var(--jp-warn-color1, #c4621a)"
    INFORM = "var(--jp-info-color1, #2f6fa8)"


@dataclass(frozen=True)
class Text:
    """A paragraph; `code` stands in backticks."""

    text: str

    def as_text(self) -> str:
        """Wrap the paragraph for a terminal."""
        text = printable(self.text)
        return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)

    def as_html(self) -> str:
        """Write the paragraph as HTML, whatever a learner's text contains."""
        return f'<div style="margin:0.35em 0 0 0">{self.inline()}</div>'

    def inline(self) -> str:
        """Escape the text and set its code in a fixed-width font."""
        return _CODE.sub(r"<code>\1</code>", as_html(self.text))


@dataclass(frozen=True)
class Listing:
    """Lines shown as they are under a label: arguments, an array, a line of code."""

    label: str
    body: str
    indent: int = 4

    def as_text(self) -> str:
        """Indent the lines under their label."""
        body = textwrap.indent(printable(self.body), " " * self.indent)
        return f"{printable(self.label)}\n{body}" if self.label else body

    def as_html(self) -> str:
        """Write the lines in a fixed-width font."""
        label = f'<div style="margin:0.35em 0 0 0">{as_html(self.label)}</div>'
        return (
            f"{label if self.label else ''}"
            '<pre style="margin:0.1em 0 0 1.5em;padding:0;background:transparent;color:inherit;'
            f'white-space:pre-wrap;font-family:{_FIXED}">{as_html(self.body)}</pre>'
        )


Block = Text | Listing


@dataclass(frozen=True)
class Notice:
    """A message to the learner."""

    title: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = Tone.INFORM

    def __str__(self) -> str:
        blocks = list(self.blocks)
        if blocks and isinstance(blocks[0], Text):
            blocks[0] = Text(f"{self.title} {blocks[0].text}")
        else:
            blocks.insert(0, Text(self.title))
        return "\n".join(block.as_text() for block in blocks)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        """Write the message as HTML."""
        title, blocks = f"<strong>{as_html(self.title)}</strong>", list(self.blocks)
        first = blocks[0] if blocks else None
        if isinstance(first, Text):
            title += f" {first.inline()}"
            del blocks[0]
        return (
            f'<div style="border-left:6px solid {self.tone.value};padding:0.3em 0 0.3em 0.9em;'
            'margin:0.2em 0;color:var(--jp-ui-font-color0, inherit)">'
            f"{title}{''.join(block.as_html() for block in blocks)}</div>"
        )
