"""Wrong answers by machine: every small change of every model solution has to be refused.

``make mutations`` changes each reference in one place at a time (a loop one short, a comparison
turned round, an axis moved, a tolerance added, a term left out, a line deleted) and hands it to
the judge. A change that is accepted either shows that a case is missing, or changes nothing that
the exercise asks for; the latter are explained one by one in ``mutation_survivors.toml``. The run
fails where an accepted change is not explained, or an explanation has outlived its change.

python -m tests.lessons.mutations              every exercise
python -m tests.lessons.mutations 02 06.max    those whose ids begin like this
python -m tests.lessons.mutations --answers 02 the right answers of the bank too, for the curious
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import importlib
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from course_utils import exercises
from course_utils.exercises import Exercise, solution_source, stub_source
from course_utils.exercises.judge import judge

SURVIVORS = Path(__file__).with_name("mutation_survivors.toml")
SECONDS = 1.0  # for all cases of one change: a hundred times what a reference needs

OTHER_FUNCTIONS = {
    "max": ("min",),
    "min": ("max",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "mean": ("sum",),
    "sum": ("mean", "max"),
    "var": ("std",),
    "zeros": ("ones", "zeros_like"),
    "prod": ("sum",),
    "sqrt": ("abs", "square"),
    "exp": ("expm1", "exp2"),
    "log": ("log1p", "log2", "log10"),
    "outer": ("inner",),
    "convolve": ("correlate",),
    "correlate": ("convolve",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "divmod": ("max",),
    "float": ("round", "int"),
    "int": ("float",),
    "real": ("abs", "imag"),
    "fft": ("ifft", "rfft"),
    "ifft": ("fft", "irfft"),
}
OTHER_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq,),
}
TOLERANCES = (1e-12, 1e-9, 1e-6)


class Change(NamedTuple):
    """One change of a function: the line as it was and as it became, and the whole text."""

    line: str
    became: str
    source: str


def changes(source: str) -> Iterator[Change]:
    """Make every change of a function, one at a time."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for place, node in enumerate(ast.walk(tree)):
        for number in range(len(list(_replacements(node)))):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[place]
            replacement = list(_replacements(target))[number]
            replaced = ast.fix_missing_locations(_Swap(target, replacement).visit(changed))
            try:
                text = ast.unparse(replaced)
                compile(text, "<change>", "exec")
            except (SyntaxError, ValueError):
                continue
            if text not in seen:
                seen.add(text)
                yield Change(*_difference(ast.unparse(tree), text), text)


def _difference(before: str, after: str) -> tuple[str, str]:
    """Find the lines in which two texts differ."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return "; ".join(map(str.strip, old)), "; ".join(map(str.strip, new))


class _Swap(ast.NodeTransformer):
    """Put one node in the place of another."""

    def __init__(self, target: ast.AST, replacement: ast.AST) -> None:
        self.target, self.replacement = target, replacement

    def visit(self, node: ast.AST) -> Any:
        return self.replacement if node is self.target else self.generic_visit(node)


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    """Give everything that may stand in the place of one node."""
    for kind, replace in _KINDS.items():
        if isinstance(node, kind):
            yield from replace(node)


def _moved(node: ast.expr, by: int) -> ast.expr:
    operator = ast.Add() if by > 0 else ast.Sub()
    return ast.BinOp(node, operator, ast.Constant(abs(by)))


def _with(node: ast.AST, **fields: Any) -> Any:
    """Copy a node with other fields."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "range":
        for place, bound in enumerate(node.args):
            for by in (-1, 1):
                arguments = [*node.args]
                arguments[place] = _moved(bound, by)
                yield _with(node, args=arguments)
        if len(node.args) == 1:
            yield _with(node, args=[ast.Constant(1), *node.args])
    for other in OTHER_FUNCTIONS.get(name, ()):
        if isinstance(node.func, ast.Attribute):
            yield _with(node, func=_with(node.func, attr=other))
        else:
            yield _with(node, func=ast.Name(other, ast.Load()))
    for place in range(len(node.keywords)):
        yield _with(node, keywords=node.keywords[:place] + node.keywords[place + 1 :])
    if name in ("max", "min", "maximum", "minimum"):
        yield from (argument for argument in node.args if len(node.args) > 1)
    if name in ("float", "int", "sqrt", "exp", "log", "astype") and node.args:
        yield (
            node.func.value
            if name == "astype" and isinstance(node.func, ast.Attribute)
            else (node.args[0])
        )
    if len(node.args) > 1 and name not in ("max", "min", "maximum", "minimum"):
        yield _with(node, args=[node.args[1], node.args[0], *node.args[2:]])


def _of_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        for other in OTHER_COMPARISONS.get(type(operator), ()):
            operators = [*node.ops]
            operators[place] = other()
            yield _with(node, ops=operators)
        for tolerance in TOLERANCES:
            for added in (ast.Add(), ast.Sub()):
                bounds = [*node.comparators]
                bounds[place] = ast.BinOp(bounds[place], added, ast.Constant(tolerance))
                yield _with(node, comparators=bounds)
        for by in (-1, 1):
            bounds = [*node.comparators]
            bounds[place] = _moved(bounds[place], by)
            yield _with(node, comparators=bounds)
    if len(node.ops) > 1:  # a < b < c: one half of it left out
        yield _with(node, ops=node.ops[:1], comparators=node.comparators[:1])
        yield ast.Compare(node.comparators[0], node.ops[1:], node.comparators[1:])


def _of_operation(node: ast.BinOp) -> Iterator[ast.AST]:
    for other in OTHER_OPERATORS.get(type(node.op), ()):
        yield _with(node, op=other())
    yield node.left
    yield node.right
    if isinstance(node.op, (ast.Sub, ast.Div, ast.FloorDiv, ast.Pow, ast.MatMult, ast.Mod)):
        yield _with(node, left=node.right, right=node.left)
    if isinstance(node.op, ast.FloorDiv):  # rounded up
        minus = ast.UnaryOp(ast.USub(), node.left)
        yield ast.UnaryOp(ast.USub(), ast.BinOp(minus, ast.FloorDiv(), node.right))


def _of_constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + by) for by in (-1, 1))
    elif isinstance(value, float):
        yield from (ast.Constant(value * factor) for factor in (0.5, 2.0, 1e-6, 1e6))


def _of_tuple(node: ast.Tuple) -> Iterator[ast.AST]:
    numbers = all(isinstance(element, ast.Constant) for element in node.elts)
    for place in range(0 if numbers else len(node.elts) - 1):
        elements = [*node.elts]
        elements[place : place + 2] = elements[place + 1], elements[place]
        yield _with(node, elts=elements)
    if numbers:  # axes, whose order says nothing: one left out, one put in
        for place in range(len(node.elts)):
            yield _with(node, elts=node.elts[:place] + node.elts[place + 1 :])
        yield _with(node, elts=[*node.elts, ast.Constant(len(node.elts) - 2)])


def _of_subscript(node: ast.Subscript) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load):
        yield node.value
    if isinstance(node.slice, (ast.Name, ast.BinOp)):
        yield from (_with(node, slice=_moved(node.slice, by)) for by in (-1, 1))


def _of_slice(node: ast.Slice) -> Iterator[ast.AST]:
    for field in ("lower", "upper", "step"):
        bound = getattr(node, field)
        if bound is not None:
            yield from (_with(node, **{field: _moved(bound, by)}) for by in (-1, 1))
            yield _with(node, **{field: None})


def _of_statement(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.For, ast.If)):
        yield ast.Pass()
    if isinstance(node, ast.AugAssign):
        target = _with(node.target, ctx=ast.Store())
        yield ast.Assign([target], node.value)
        for other in OTHER_OPERATORS.get(type(node.op), ()):
            yield _with(node, op=other())
    if isinstance(node, ast.If):
        yield from (_with(node, test=ast.Constant(truth)) for truth in (True, False))
    if isinstance(node, ast.For):  # only the first round
        yield _with(node, body=[*node.body, ast.Break()])


def _of_attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr == "T":
        yield node.value


def _of_name(node: ast.Name) -> Iterator[ast.AST]:
    """Take a size or an index for that of another axis."""
    if isinstance(node.ctx, ast.Load):
        for other in _OTHER_NAMES.get(node.id, ()):
            yield ast.Name(other, ast.Load())


_OTHER_NAMES = {
    "H": ("W",),
    "W": ("H",),
    "kH": ("kW",),
    "kW": ("kH",),
    "M_H": ("M_W",),
    "M_W": ("M_H",),
    "i": ("j",),
    "j": ("i",),
    "a": ("b",),
    "b": ("a",),
    "C": ("K",),
    "K": ("C",),
    "F": ("S",),
    "S": ("F",),
    "N": ("F",),
    "G": ("F",),
    "J": ("C", "K"),
    "gamma": ("beta",),
    "beta": ("gamma",),
    "mean": ("var",),
    "var": ("mean",),
    "before": ("after",),
}


def _of_unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _of_boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    yield from node.values


def _of_choice(node: ast.IfExp) -> Iterator[ast.AST]:
    yield from (node.body, node.orelse)


_KINDS: dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]] = {
    ast.Call: _of_call,
    ast.Compare: _of_comparison,
    ast.BinOp: _of_operation,
    ast.Constant: _of_constant,
    ast.Tuple: _of_tuple,
    ast.Subscript: _of_subscript,
    ast.Slice: _of_slice,
    ast.stmt: _of_statement,
    ast.Attribute: _of_attribute,
    ast.Name: _of_name,
    ast.UnaryOp: _of_unary,
    ast.BoolOp: _of_boolean,
    ast.IfExp: _of_choice,
}


def define(exercise: Exercise, source: str) -> Any:
    """Define a function where only what the exercise needs has been imported."""
    names: dict[str, Any] = {"np": np}
    for line in exercise.uses:
        exec(line, names)
    exec(compile(source, f"<{exercise.id}>", "exec"), names)
    return names[exercise.name]


def accepted(exercise: Exercise, source: str) -> tuple[list[Change], int]:
    """Judge every change of a right answer: those that were accepted, and how many there were."""
    hurried = dataclasses.replace(exercise, seconds=SECONDS, misconceptions=exercise.misconceptions)
    survivors, count = [], 0
    for change in changes(without_docstring(source)):
        count += 1
        try:
            function = define(exercise, change.source)
        except Exception:  # noqa: BLE001 - a change of the signature, say, that cannot be defined
            continue
        if judge(hurried, function).correct:
            survivors.append(change)
    return survivors, count


def without_docstring(source: str) -> str:
    """Leave out a docstring, in which nothing can be changed."""
    tree = ast.parse(source)
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    if ast.get_docstring(function):
        del function.body[0]
    return ast.unparse(tree)


def explained() -> dict[tuple[str, str, str], str]:
    """Read why each known survivor is as right as the reference."""
    if not SURVIVORS.exists():
        return {}
    entries = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))
    return {
        (id, entry["line"], entry["became"]): entry["why"]
        for id, group in entries.items()
        for entry in group
    }


def right_answers(exercise: Exercise) -> list[str]:
    """Write out the right answers of the bank as functions."""
    bank = importlib.import_module(
        f"tests.lessons.answer_bank.lesson_{exercise.lesson}.{exercise.name}"
    )
    head = stub_source(exercise).splitlines()[1]
    return [
        head + "\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ") for body in bank.RIGHT
    ]


def main(arguments: list[str]) -> int:
    """Run over the exercises whose ids begin as given; 1 if anything is not explained."""
    beginnings = tuple(a for a in arguments if not a.startswith("-")) or ("",)
    chosen = [e for e in exercises.all_exercises() if e.id.startswith(beginnings)]
    known, total, unexplained, met = explained(), 0, 0, set()
    for exercise in chosen:
        sources = [solution_source(exercise)]
        if "--answers" in arguments:
            sources += right_answers(exercise)
        for source in sources:
            survivors, count = accepted(exercise, source)
            total += count
            for line, became, _ in survivors:
                met.add((exercise.id, line, became))
                if (exercise.id, line, became) not in known:
                    unexplained += 1
                    print(f"{exercise.id} accepts\n    {became}\nfor {line}", flush=True)
    stale = [key for key in known if key[0] in {e.id for e in chosen} and key not in met]
    for id, line, became in stale:
        print(f"{id} no longer accepts\n    {became}\nfor {line}: take it out of {SURVIVORS.name}")
    print(
        f"{total} changes of {len(chosen)} exercises: {len(met) - unexplained} accepted and "
        f"explained, {unexplained} not explained, {len(stale)} explanations left over"
    )
    return 1 if unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
