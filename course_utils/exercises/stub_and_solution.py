"""The text of an exercise: its stub and its solution, both cut from the reference.

The reference is annotated for the type checker; a newcomer should read
``def convolve_full(x, w):``. Annotations are cut out of the text by position, so that
comments and layout stay as the author wrote them.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import textwrap
import tokenize

from .definition import Exercise, Function

_WIDTH = 88
_EQUALS = re.compile(r"\s*=\s*")
_PRAGMA = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:)")

_Edit = tuple[int, int, str]


def stub_source(exercise: Exercise) -> str:
    '''Write the stub that a learner starts from.

    Parameters
    ----------
    exercise : Exercise
        The exercise.

    Returns
    -------
    str
        The decorator, the reference's signature without annotations, its docstring, ``...``.

    Examples
    --------
    >>> from course_utils.exercises import get, stub_source
    >>> print(stub_source(get("01.convolve_full")))  # doctest: +SKIP
    @exercise("01.convolve_full")
    def convolve_full(x, w):
        """Full convolution of x (N,) and w (F,): shape (N + F - 1,)."""
        ...
    '''
    text = plain_source(exercise.reference)
    node = _definition(text)
    docstring = node.body[0]
    assert docstring.end_lineno is not None
    head = "\n".join(text.splitlines()[: docstring.end_lineno])
    return f'@exercise("{exercise.id}")\n{head}\n    ...'


def solution_source(exercise: Exercise, *, decorated: bool = False) -> str:
    """Write the model solution: the reference without its annotations.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    decorated : bool, optional
        Whether ``@exercise("…")`` stands above it, as in the solved notebook.

    Returns
    -------
    str
        Source text that runs where ``np`` and the exercise's `uses` are imported.
    """
    text = plain_source(exercise.reference)
    return f'@exercise("{exercise.id}")\n{text}' if decorated else text


def plain_source(function: Function) -> str:
    """Return the source of a function without decorators, annotations and checker comments."""
    text = textwrap.dedent(inspect.getsource(function))
    text = "\n".join(text.splitlines()[_definition(text).lineno - 1 :]) + "\n"
    original = _definition(text)
    text = _without_pragmas(_apply(text, _annotation_edits(text)))
    text = _join_header(text).rstrip("\n")
    if _meaning(_definition(text)) != _meaning(original):
        raise ValueError(f"the annotations of {function.__name__} could not be cut out cleanly")
    return text


def _definition(text: str) -> ast.FunctionDef:
    node = ast.parse(text).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise TypeError("the source is not that of one function")
    return node


def _offsets(text: str) -> list[int]:
    """Where each line begins, in characters."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _annotation_edits(text: str) -> list[_Edit]:
    """List what to cut: (first character, one past the last, what stands there instead)."""
    lines = text.splitlines(keepends=True)
    starts = _offsets(text)

    def position(lineno: int, column: int) -> int:
        # The parser counts columns in bytes of UTF-8.
        return starts[lineno - 1] + len(lines[lineno - 1].encode()[:column].decode())

    def end(node: ast.expr | ast.arg | ast.stmt) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return position(node.end_lineno, node.end_col_offset)

    edits: list[_Edit] = []
    for node in ast.walk(_definition(text)):
        if isinstance(node, ast.arg) and node.annotation is not None:
            name_end = position(node.lineno, node.col_offset) + len(node.arg)
            equals = _EQUALS.match(text, end(node))
            # ``x: int = 1`` is written with spaces, ``x=1`` without.
            edits.append((name_end, equals.end(), "=") if equals else (name_end, end(node), ""))
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            first = position(node.returns.lineno, node.returns.col_offset)
            arrow = text.rindex("->", 0, first)
            edits.append((len(text[:arrow].rstrip()), end(node.returns), ""))
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            edits.append((end(node.target), end(node.annotation), ""))
        elif isinstance(node, ast.AnnAssign):
            assert node.end_lineno is not None
            edits.append((starts[node.lineno - 1], starts[node.end_lineno], ""))
    return edits


def _apply(text: str, edits: list[_Edit]) -> str:
    for first, last, replacement in sorted(edits, reverse=True):
        text = text[:first] + replacement + text[last:]
    return text


def _without_pragmas(text: str) -> str:
    """Drop comments that speak to a checker, not to a reader."""
    lines = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and _PRAGMA.match(token.string):
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    return "\n".join(lines) + "\n"


def _join_header(text: str) -> str:
    """Put a signature on one line where it fits once the annotations are gone."""
    node = _definition(text)
    rows = text.splitlines()
    # The header ends on the line before the first statement, or on that very line.
    last = node.body[0].lineno - 1
    header = "\n".join(rows[:last])
    if last < 2 or "#" in header:
        return text
    joined = re.sub(r"\s*\n\s*", " ", header)
    joined = re.sub(r"\(\s+", "(", joined)
    joined = re.sub(r",?\s+\)", ")", joined)
    if len(joined) > _WIDTH:
        return text
    return "\n".join([joined, *rows[last:]]) + "\n"


def _meaning(node: ast.FunctionDef) -> str:
    """Dump what a definition does, whatever its annotations say."""
    return ast.dump(_Bare().visit(node))


class _Bare(ast.NodeTransformer):
    """Takes the annotations out of a syntax tree."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.Assign | None:
        if node.value is None:
            return None
        self.generic_visit(node)
        # The target of a plain assignment stands in a list.
        return ast.Assign(targets=[node.target], value=node.value)
