"""The lock of checksums: what it says about a package, and that it is that of constraints.txt."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pin_by_hash
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = r"""appnope==0.1.4 ; sys_platform == 'darwin' \
    --hash=sha256:aa \
    --hash=sha256:bb
Some.Package==2.0 \
    --hash=sha256:cc
last-one==1.10 \
    --hash=sha256:dd \
    --hash=sha256:ee
"""


def test_a_line_for_each_package() -> None:
    known = pin_by_hash.known(LOCK)
    assert list(known) == ["appnope", "some-package", "last-one"]
    assert {name: re.findall(r"sha256:(\w+)", lines) for name, lines in known.items()} == {
        "appnope": ["aa", "bb"],
        "some-package": ["cc"],
        "last-one": ["dd", "ee"],
    }
    # pip reads each as one requirement with its options
    heads = [lines.partition("\\")[0].strip() for lines in known.values()]
    assert heads == ["appnope==0.1.4", "Some.Package==2.0", "last-one==1.10"]


def entry(name: str, version: str, url: str, **more: Any) -> dict[str, Any]:
    """Return what pip's report says about a package."""
    return {
        "metadata": {"name": name, "version": version},
        "download_info": {"url": url, **more},
    }


def test_what_a_report_would_fetch(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    course = entry("course", "3", tmp_path.parent.as_uri(), dir_info={"editable": True})
    beside = entry("torch", "2+cpu", (tmp_path / "wheels/torch.whl").as_uri())
    other = entry("Last_One", "1.10", (tmp_path.parent / "last.whl").as_uri())
    remote = entry("some.package", "2.0", "https://example.org/some_package-2.0.whl")
    report.write_text(json.dumps({"install": [course, beside, other, remote]}))
    assert pin_by_hash.fetched(report) == {"last-one": "1.10", "some-package": "2.0"}


@pytest.mark.parametrize(
    ("name", "version", "named"),
    [
        ("last-one", "1.1", "last-one 1.1"),
        ("last-one", "1.10.1", "last-one 1.10.1"),
        ("unknown", None, "unknown"),
        ("unknown", "1", "unknown 1"),
    ],
)
def test_what_the_lock_does_not_know_is_refused(name: str, version: str | None, named: str) -> None:
    with pytest.raises(SystemExit) as refused:
        pin_by_hash.lines({name: version}, pin_by_hash.known(LOCK))
    assert str(refused.value) == f"hashes.txt has no checksum of {named}, which this computer needs"


def test_only_what_is_named_is_listed() -> None:
    known = pin_by_hash.known(LOCK)
    assert pin_by_hash.lines({"last-one": "1.10"}, known) == [known["last-one"]]
    assert pin_by_hash.lines({"some-package": None}, known) == [known["some-package"]]


def test_the_lock_is_that_of_the_pinned_versions(root: Path) -> None:
    """If this fails after a change of constraints.txt: make hashes."""
    pins = {}
    for line in (root / "constraints.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line.partition("#")[0].strip())
            pins[canonicalize_name(pin.name)] = str(pin.specifier).removeprefix("==")
    text = pin_by_hash.HASHES.read_text()
    known = pin_by_hash.known(text)
    assert {name: lines.split()[0].partition("==")[2] for name, lines in known.items()} == pins
    for name, lines in known.items():
        sums = re.findall(r"--hash=(\S+)", lines)
        assert sums, name
        assert len(set(sums)) == len(sums), name
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", each) for each in sums), name
    # every line belongs to one of them
    assert len(re.findall("--hash=", text)) == sum(
        lines.count("--hash=") for lines in known.values()
    )
    assert "://" not in text
