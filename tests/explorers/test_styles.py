"""The style sheets: no rule of one explorer reaches another, in whatever order they are loaded.

All sheets of a page with several explorers lie in one document. A page's own sheets are scoped by
its root class; the shared ones are the same for all. Both are written with nested rules, so that
the scope is said once; tests/browser compares what a browser makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_utils.explorers.shared.bundle import HERE, styles

EXPLORERS = sorted(path.parent.name for path in HERE.glob("*/page.css"))
SHARED = sorted(path.name for path in (HERE / "shared").glob("*.css"))
# what says in which theme the page is
THEMES = {"vscode-dark", "vscode-light"}


def root_class(folder: str) -> str:
    return f"cx-{folder.replace('_', '-')}"


def sheets(folder: str) -> list[Path]:
    return sorted((HERE / folder).glob("*.css"))


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the outermost rules of a sheet or of a block: what stands before the braces, and in."""
    depth, start, prelude = 0, 0, ""
    for at, sign in enumerate(text):
        if sign == ";" and depth == 0:
            start = at + 1  # a declaration ends
        elif sign == "{":
            if depth == 0:
                prelude, start = " ".join(text[start:at].split()), at + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield prelude, text[start:at]
                start = at + 1


def rules(sheet: Path) -> Iterator[tuple[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    return blocks(text)


def nested(body: str) -> Iterator[str]:
    """Yield every selector within a block, and within the conditions in it."""
    for prelude, inner in blocks(body):
        if prelude.startswith("@"):
            assert re.match(r"@(container|media) ", prelude), prelude
        else:
            yield from (selector.strip() for selector in prelude.split(","))
        yield from nested(inner)


def test_rules_are_found_with_all_that_is_in_them(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.css"
    sheet.write_text(
        ".a.b { --x: 1px; /* .c {} */\n .d, &.e .f { color: red; }\n"
        "  @container (max-width: 9px) { .g { top: 0 } } }\n.h { left: 0; }"
    )
    found = list(rules(sheet))
    assert [prelude for prelude, _ in found] == [".a.b", ".h"]
    assert list(nested(found[0][1])) == [".d", "&.e .f", ".g"]


@pytest.mark.parametrize("folder", EXPLORERS)
def test_every_rule_of_an_explorer_is_under_its_root(folder: str) -> None:
    page = (HERE / folder / "page.js").read_text(encoding="utf-8")
    assert re.findall(r'\bname: "([\w-]+)"', page) == [root_class(folder)]
    for sheet in sheets(folder):
        for prelude, body in rules(sheet):
            # twice, so that it prevails over a shared rule that is loaded later
            assert prelude == f".cx-root.{root_class(folder)}", sheet.name
            for selector in nested(body):
                assert "&" not in selector[1:], selector
                assert "cx-root" not in selector


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_sheet_names_no_explorer(name: str) -> None:
    sheet = HERE / "shared" / name
    for prelude, body in rules(sheet):
        inside = list(blocks(body)) if prelude.startswith("@media") else [(prelude, body)]
        for selectors, _ in inside:
            for selector in selectors.split(","):
                assert re.fullmatch(r"(\S+ )?\.cx-root", selector.strip()), selector
    words = set(re.findall(r"[\w-]+", sheet.read_text(encoding="utf-8")))
    assert words.isdisjoint(root_class(folder) for folder in EXPLORERS)


def test_every_class_is_ours() -> None:
    # Names of our own keep the page around from reaching in.
    for sheet in HERE.rglob("*.css"):
        for prelude, body in rules(sheet):
            text = " ".join([prelude, *nested(body)])
            for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", text):
                assert name.startswith("cx-") or name in THEMES, f"{sheet.name}: {name}"


def test_every_sheet_is_loaded_by_a_page() -> None:
    loaded = "\n".join(styles(f"{folder}/page.js") for folder in EXPLORERS)
    for sheet in HERE.rglob("*.css"):
        assert sheet.read_text(encoding="utf-8") in loaded, sheet.name
