"""The explorers' modules, joined: one module, no imports, no name twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course_utils.explorers.shared.bundle import HERE, bundle, styles

ENTRIES = sorted(f"{path.parent.name}/page.js" for path in HERE.glob("*/page.js"))


def write(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source)
    return folder


def test_there_is_one_module_beside_each_explorer() -> None:
    beside = sorted(f"{path.parent.name}/page.js" for path in HERE.glob("*/explorer.py"))
    assert beside
    assert beside == ENTRIES


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_bundle_has_no_import_and_one_export(entry: str) -> None:
    source = bundle(entry)
    assert not re.search(r"^\s*import\b", source, re.M)
    assert re.findall(r"^export.*$", source, re.M) == ["export default { render };"]
    assert "http://" not in source.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in source


def test_modules_are_joined_once_and_in_the_order_of_their_imports(tmp_path: Path) -> None:
    write(
        tmp_path,
        top='import { one } from "./left.js";\nimport {\n  two,\n} from "./right.js";\n'
        "export default { render: () => one + two };\n",
        left='import { base } from "./base.js";\nexport const one = base;',
        right='import { base } from "./base.js";\nexport function two() { return base; }',
        base="export const base = 1;",
    )
    source = bundle("top.js", tmp_path)
    assert source.count("const base = 1;") == 1
    order = [source.index(part) for part in ("const base", "const one", "function two", "render:")]
    assert order == sorted(order)


@pytest.mark.parametrize("path", ["https://cdn.example/x.js", "d3", "../x.js", "x.js"])
def test_only_files_of_the_explorers_can_be_imported(tmp_path: Path, path: str) -> None:
    write(tmp_path, top=f'import {{ x }} from "{path}";')
    with pytest.raises(ValueError, match="only files of the explorers"):
        bundle("top.js", tmp_path)


def test_a_circle_is_named(tmp_path: Path) -> None:
    write(tmp_path, a='import { b } from "./b.js";', b='import { a } from "./a.js";')
    with pytest.raises(ValueError, match=r"circular import a\.js -> b\.js -> a\.js"):
        bundle("a.js", tmp_path)


def test_a_name_defined_twice_is_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        a='import { x } from "./b.js";\nfunction helper() {}',
        b="export const x = 1;\nconst helper = 2;",
    )
    with pytest.raises(ValueError, match=r"helper is defined in both b\.js and a\.js"):
        bundle("a.js", tmp_path)


def test_what_is_imported_keeps_its_name(tmp_path: Path) -> None:
    write(tmp_path, a='import { x as y } from "./b.js";', b="export const x = 1;")
    with pytest.raises(ValueError, match=r"a\.js renames what it imports from \./b\.js"):
        bundle("a.js", tmp_path)


def test_the_style_sheet_beside_each_imported_module_comes_along(tmp_path: Path) -> None:
    write(
        tmp_path,
        top='import { left } from "./left.js";\nimport { right } from "./right.js";',
        left='import { base } from "./base.js";\nexport const left = base;',
        right="export const right = 1;",
        base="export const base = 1;",
        alone="export const alone = 1;",
    )
    for name in ("top", "base", "right", "alone"):  # none beside left.js
        (tmp_path / f"{name}.css").write_text(f".cx-{name} {{}}")
    assert styles("top.js", tmp_path) == ".cx-base {}\n.cx-right {}\n.cx-top {}"
