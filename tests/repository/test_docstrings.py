"""Docstrings: numpydoc sections for what is public, one line for what is internal.

Public is what a package lists in ``__all__`` and what a module beside the packages defines without
an underscore. What belongs to it may have sections or do with one line: methods, the classes that a
public one inherits from, and what a module in an ``__all__`` defines. ``make lint`` holds the form
of the sections; here it is that they are there, and that nothing internal has them.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "course_utils"
PACKAGES = ("ops", "nn", "nn.models", "exercises", "explorers", "data")
# the longest paragraph that an internal docstring may add to its first line, equations apart
MOST_LINES = 5

Node = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Documented:
    """A function or class, with where it stands and what holds for its docstring."""

    path: Path
    name: str
    node: Node
    needs_sections: bool
    may_have_sections: bool
    text: str

    @property
    def place(self) -> str:
        """Return file, line and name."""
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno}: {self.name}"


def exported() -> dict[tuple[str, str], str]:
    """Return the docstring of each function and class in an ``__all__``, by module and name."""
    found = {}
    for package in PACKAGES:
        module = import_module(f"course_utils.{package}")
        for thing in (getattr(module, name) for name in module.__all__):
            if inspect.isclass(thing) or inspect.isfunction(thing):
                found[thing.__module__, thing.__qualname__] = inspect.getdoc(thing) or ""
    return found


def belonging() -> set[tuple[str, str]]:
    """Return module and name of what belongs to what is exported: bases, functions of modules."""
    found = set()
    for package in PACKAGES:
        module = import_module(f"course_utils.{package}")
        for thing in (getattr(module, name) for name in module.__all__):
            if inspect.isclass(thing):
                found |= {(base.__module__, base.__qualname__) for base in inspect.getmro(thing)}
            elif inspect.ismodule(thing):
                found |= {(thing.__name__, name) for name in vars(thing) if name[0] != "_"}
    return found


def definitions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, Node]]:
    """Go through the functions and classes in a body, and the methods in those classes."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Node):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from definitions(child, f"{prefix}{child.name}.")


def everything() -> list[Documented]:
    """List every function, class and method of the package."""
    public, related = exported(), belonging()
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name, node in definitions(ast.parse(path.read_text(encoding="utf-8"))):
            outer, _, method = name.partition(".")
            beside = path.parent == PACKAGE and not outer.startswith("_")
            is_public = beside or (module, outer) in public
            # as Python has it: a base class may add to the docstring of those that inherit
            text = public.get((module, name)) or ast.get_docstring(node) or ""
            needs = is_public and (not method or isinstance(node, ast.ClassDef))
            may = (is_public or (module, outer) in related) and not method.startswith("_")
            found.append(Documented(path, name, node, needs and may, may, text))
    return found


@pytest.fixture(scope="module")
def documented() -> list[Documented]:
    return everything()


SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)
# an equation and the lines round it are one paragraph
EQUATION = re.compile(r"\n\n\.\. math::.*?(?:\n\n(?=\S)|\Z)", re.DOTALL)
OVERLOAD = {"overload", "typing.overload"}


def sections(text: str) -> set[str]:
    """Return the headings of a docstring's numpydoc sections."""
    return set(SECTION.findall(text))


def missing_sections(documented: Documented) -> set[str]:
    """Return the sections that a public function or class lacks."""
    node = documented.node
    there = sections(documented.text)
    if isinstance(node, ast.ClassDef):
        return (
            set()
            if there & {"Parameters", "Attributes"} or not undescribed(node)
            else {"Parameters"}
        )
    if {ast.unparse(decorator) for decorator in node.decorator_list} & OVERLOAD:
        return set()
    lacking = set()
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    if arguments or node.args.vararg or node.args.kwarg:
        lacking.add("Parameters")
    if node.returns is not None and ast.unparse(node.returns) not in {"None", "NoReturn"}:
        lacking.add("Yields" if "Yields" in there else "Returns")
    return lacking - there


def undescribed(node: ast.ClassDef) -> list[str]:
    """Return what a class is made from and neither a string below it nor a ``doc`` describes."""
    names = []
    for at, child in enumerate(node.body):
        if isinstance(child, ast.AnnAssign) and isinstance(child.target, ast.Name):
            following = node.body[at + 1] if at + 1 < len(node.body) else None
            is_described = (
                isinstance(following, ast.Expr)
                and isinstance(following.value, ast.Constant)
                and isinstance(following.value.value, str)
            )
            if isinstance(child.value, ast.Call):  # the explorers' option(…, doc="…")
                is_described |= any(keyword.arg == "doc" for keyword in child.value.keywords)
            if not is_described and not child.target.id.startswith("_"):
                names.append(child.target.id)
        if isinstance(child, ast.FunctionDef) and child.name == "__init__":
            names += [argument.arg for argument in child.args.args[1:] + child.args.kwonlyargs]
    return names


def excess(text: str) -> str:
    """Return what an internal docstring has too much of, or nothing."""
    first, rest = f"{text.strip()}\n\n".split("\n\n", 1)
    more = EQUATION.sub("\n", f"\n\n{rest}").strip()
    paragraphs = more.split("\n\n") if more else []
    if sections(text):
        return f"has the section {min(sections(text))}"
    if ">>>" in text:
        return "has an example, which belongs into a test"
    if "\n" in first:
        return "has no summary of one line"
    if len(paragraphs) > 1:
        return f"has {len(paragraphs)} paragraphs after its first line; one may follow"
    if more.count("\n") >= MOST_LINES:
        return f"has a paragraph of {more.count(chr(10)) + 1} lines; at most {MOST_LINES}"
    return ""


def test_what_is_public_has_sections(documented: list[Documented]) -> None:
    public = [item for item in documented if item.needs_sections]
    assert len(public) > 100
    faults = {item.place: missing_sections(item) for item in public}
    assert {place: lacking for place, lacking in faults.items() if lacking} == {}


def test_what_is_internal_has_one_line(documented: list[Documented]) -> None:
    internal = [item for item in documented if not item.may_have_sections and item.text]
    assert len(internal) > 300
    faults = {item.place: excess(item.text) for item in internal}
    assert {place: fault for place, fault in faults.items() if fault} == {}


def parse(code: str) -> Documented:
    """Return the first definition of a text."""
    ((name, node), *_) = definitions(ast.parse(code))
    text = ast.get_docstring(node) or ""
    return Documented(ROOT / "made_up.py", name, node, True, True, text)


PARAMETERS = "Parameters\n    ----------\n    x : int\n        A number.\n"
RETURNS = "Returns\n    -------\n    int\n        Another.\n"


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        ('def f(x: int) -> int:\n    """Double."""', {"Parameters", "Returns"}),
        (f'def f(x: int) -> int:\n    """Double.\n\n    {PARAMETERS}    """', {"Returns"}),
        (f'def f(x: int) -> int:\n    """Double.\n\n    {PARAMETERS}\n    {RETURNS}    """', set()),
        ('def f() -> None:\n    """Do."""', set()),
        ("@overload\ndef f(x: int) -> int: ...", set()),
        ('class A:\n    """A."""\n    def __init__(self, x: int) -> None: ...', {"Parameters"}),
        ('class A:\n    """A."""\n    x: int\n    y: int\n    """Why."""', {"Parameters"}),
        ('class A:\n    """A."""\n    x: int\n    """What."""\n    y: int\n    """Why."""', set()),
        ('class A(OSError):\n    """A."""', set()),
    ],
)
def test_the_sections_that_are_missing(code: str, lacking: set[str]) -> None:
    assert missing_sections(parse(code)) == lacking


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("One line.", ""),
        ("One line.\n\nAnd why.", ""),
        ("One line.\n\n" + "Why.\n" * MOST_LINES, ""),
        ("One line.\n\n" + "Why.\n" * (MOST_LINES + 1), "has a paragraph of 6 lines; at most 5"),
        ("One line.\n\nAnd\n\n.. math::\n    a = b\n\n    c = d\n\nwith d.", ""),
        ("One line.\n\nAnd why.\n\nAnd more.", "has 2 paragraphs after its first line"),
        ("One line\nand another.", "has no summary of one line"),
        ("One line.\n\nReturns\n-------\nint\n    It.", "has the section Returns"),
        ("One line.\n\n>>> 1\n1", "has an example"),
    ],
)
def test_what_is_too_much(text: str, fault: str) -> None:
    found = excess(text)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)
