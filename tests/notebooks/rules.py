"""What every lesson keeps to, as functions that find the places where it does not.

Each takes cells as `Cell`, so that the rules can be tried on wrong lessons made up for the
purpose, and returns the faults as texts; none means that the rule is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_ROWS = 25

CODE_FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2[`~]*\s*$", re.DOTALL | re.MULTILINE)
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
MATH = re.compile(
    r"\$\$.*?\$\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}|\$[^$\n]*(?:\n[^$\n]+)*\$", re.DOTALL
)
PICTURE = re.compile(r"!\[")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(r"\\tag\*?\{([^}]*)\}")
PREDICT = re.compile(r"\*\*Predict")
BOXED = re.compile(r"^> \*\*Predict", re.MULTILINE)
CHECK = re.compile(r"\bcheck\(\s*[rf]?\"([^\"]+)\"")


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson.

    Attributes
    ----------
    kind : str
        ``markdown`` or ``code``.
    text : str
        Its source.
    tags : tuple of str
        Its tags.
    line : int
        Where it stands in the lesson's source.
    """

    kind: str
    text: str
    tags: tuple[str, ...] = ()
    line: int = 0


def prose_of(text: str) -> str:
    """Return Markdown without code, mathematics and pictures."""
    for pattern in (COMMENT, CODE_FENCE, CODE_SPAN, MATH, PICTURE):
        text = pattern.sub(" ", text)
    return text


def unchecked_equations(cells: list[Cell], number: int) -> list[str]:
    """Find numbered equations that no check after them executes, and checks without equation."""
    faults: list[str] = []
    waiting: dict[str, int] = {}
    seen: set[str] = set()
    for cell in cells:
        if cell.kind == "markdown":
            for tag in TAG.findall(CODE_FENCE.sub("", cell.text)):
                if not re.fullmatch(rf"{number}\.\d+", tag):
                    faults.append(f"line {cell.line}: \\tag{{{tag}}} is not {number}.something")
                if tag in seen:
                    faults.append(f"line {cell.line}: \\tag{{{tag}}} stands there twice")
                seen.add(tag)
                waiting[tag] = cell.line
        else:
            for tag in CHECK.findall(cell.text):
                if tag not in seen:
                    faults.append(
                        f'line {cell.line}: check("{tag}") comes before any such equation'
                    )
                waiting.pop(tag, None)
    faults.extend(
        f'line {line}: equation ({tag}) has no check("{tag}", ...) in a cell after it'
        for tag, line in waiting.items()
    )
    return faults


def code_without_words(cells: list[Cell]) -> list[str]:
    """Find code cells with no sentence before them; a folded one may follow another."""
    faults: list[str] = []
    previous: Cell | None = None
    for cell in cells:
        if cell.kind == "code":
            if previous is None or (previous.kind == "code" and "hide" not in cell.tags):
                faults.append(f"line {cell.line}: no sentence stands before this code cell")
            elif previous.kind == "markdown" and _is_heading_only(previous.text):
                faults.append(f"line {cell.line}: only a heading stands before this code cell")
        previous = cell
    return faults


def _is_heading_only(text: str) -> bool:
    rows = [row for row in text.splitlines() if row.strip()]
    return all(row.startswith("#") for row in rows)


def long_cells(cells: list[Cell]) -> list[str]:
    """Find code cells that would scroll; folded ones may."""
    return [
        f"line {cell.line}: {len(cell.text.splitlines())} rows of code, at most {MOST_ROWS}"
        for cell in cells
        if cell.kind == "code"
        and "hide" not in cell.tags
        and len(cell.text.splitlines()) > MOST_ROWS
    ]


def exclamations(cells: list[Cell]) -> list[str]:
    """Find exclamation marks in prose."""
    return [
        f"line {cell.line}: exclamation mark in {found.group().strip()!r}"
        for cell in cells
        if cell.kind == "markdown"
        for found in re.finditer(r".{0,30}!(?!=)", prose_of(cell.text))
    ]


def uncompared(cells: list[Cell]) -> list[str]:
    """Find cells whose output no test compares; only the name of a device may go so."""
    faults: list[str] = []
    for cell in cells:
        marks = [tag for tag in cell.tags if tag.startswith("nbval-")]
        marks += re.findall(r"#\s*(NBVAL_\w+|PYTEST_VALIDATE_\w+)", cell.text)
        allowed = marks == ["nbval-ignore-output"] and "device" in cell.text
        if marks and not allowed:
            faults.append(
                f"line {cell.line}: {', '.join(marks)} keeps this cell from being compared"
            )
    return faults


def open_predictions(cells: list[Cell]) -> list[str]:
    """Find predictions outside a box or without a folded answer, and folds without a prediction."""
    faults: list[str] = []
    asked = False
    for cell in cells:
        if cell.kind == "markdown":
            prose = prose_of(cell.text)
            asked = bool(PREDICT.search(prose))
            if len(PREDICT.findall(prose)) != len(BOXED.findall(prose)):
                faults.append(
                    f"line {cell.line}: a prediction is not in a box (`> **Predict.** …`)"
                )
        elif asked != ("predict" in cell.tags):
            what = "answers a prediction but is" if asked else "answers no prediction but is"
            faults.append(f"line {cell.line}: this cell {what} {'not ' * asked}tagged predict")
    return faults


def told_by_the_first_line(printed: str) -> bool:
    """Tell whether the first line of an output, which stays visible above the fold, has numbers."""
    first = next((row for row in printed.splitlines() if row.strip()), "")
    return bool(re.search(r"(?<![\w-])\d", first)) and not re.match(r"\(\d+\.\d+\) holds", first)


def crowded_folds(cells: list[Cell]) -> list[str]:
    """Find folded explanations with text right below, which looks as if it belonged to them."""
    return [
        f"line {cell.line}: `</details>` must end its cell (a line `+++` after it)"
        for cell in cells
        if cell.kind == "markdown"
        and re.search(r"</details>\n+(?!\s*<details>)\s*\S", CODE_FENCE.sub("", cell.text))
    ]
