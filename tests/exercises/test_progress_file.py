"""The progress file: written in one step, merged, and never worth a session."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import pytest

from course_utils.exercises import progress_file
from course_utils.exercises.outcome import Kind
from course_utils.exercises.progress_file import keep, progress_path, states


def forget() -> None:
    """Start a session of our own, as a new kernel would."""
    progress_file._session.clear()


def test_done_and_tried_outlast_the_session(progress_json: pathlib.Path) -> None:
    assert keep("99.a", Kind.CORRECT) == ""
    assert keep("99.b", Kind.INCORRECT) == ""
    forget()
    assert states() == ({"99.a": "done", "99.b": "tried"}, "")
    assert json.loads(progress_json.read_text(encoding="utf-8")) == {
        "version": 1,
        "exercises": {"99.a": "done", "99.b": "tried"},
    }


@pytest.mark.parametrize("kind", [Kind.INCORRECT, Kind.RAISED, Kind.TOO_LONG, Kind.NOT_ATTEMPTED])
def test_what_is_done_stays_done(kind: Kind) -> None:
    keep("99.a", Kind.CORRECT)
    forget()
    keep("99.a", kind)
    forget()
    assert states()[0] == {"99.a": "done"}


def test_what_was_tried_can_be_done() -> None:
    keep("99.a", Kind.INCORRECT)
    forget()
    keep("99.a", Kind.CORRECT)
    forget()
    assert states()[0] == {"99.a": "done"}


@pytest.mark.parametrize("kind", [Kind.NOT_ATTEMPTED, Kind.UNKNOWN, Kind.UNCHECKED])
def test_what_is_no_attempt_writes_nothing(progress_json: pathlib.Path, kind: Kind) -> None:
    assert keep("99.a", kind) == ""
    assert not progress_json.exists()
    assert states() == ({}, "")


def test_nothing_is_written_when_nothing_is_new(progress_json: pathlib.Path) -> None:
    keep("99.a", Kind.CORRECT)
    before = progress_json.stat().st_ino
    keep("99.a", Kind.CORRECT)
    keep("99.a", Kind.INCORRECT)
    assert progress_json.stat().st_ino == before


def test_another_notebooks_entries_and_unknown_fields_are_kept(
    progress_json: pathlib.Path,
) -> None:
    keep("99.a", Kind.CORRECT)
    data = json.loads(progress_json.read_text(encoding="utf-8"))
    data["exercises"]["98.z"] = "done"
    data["exercises"]["98.y"] = {"a later version": "may keep more"}
    data["note"] = "kept"
    progress_json.write_text(json.dumps(data), encoding="utf-8")
    keep("99.b", Kind.CORRECT)
    kept = json.loads(progress_json.read_text(encoding="utf-8"))
    assert kept["note"] == "kept"
    assert kept["exercises"]["98.z"] == "done"
    assert kept["exercises"]["98.y"] == {"a later version": "may keep more"}
    assert set(kept["exercises"]) == {"98.y", "98.z", "99.a", "99.b"}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"text"', b"\xff\xfe\x00", b'{"exercises": []}', b"[" * 100_000],
)
def test_a_damaged_file_is_moved_aside_with_one_line(
    progress_json: pathlib.Path, content: bytes
) -> None:
    progress_json.parent.mkdir(parents=True)
    progress_json.write_bytes(content)
    warning = keep("99.a", Kind.CORRECT)
    assert warning == (
        "The progress file was damaged. It is kept as progress.damaged.json beside the new one, "
        "which starts empty."
    )
    assert progress_json.with_name("progress.damaged.json").read_bytes() == content
    assert states() == ({"99.a": "done"}, "")
    assert keep("99.b", Kind.CORRECT) == ""


def test_a_second_damaged_file_does_not_replace_the_first(progress_json: pathlib.Path) -> None:
    progress_json.parent.mkdir(parents=True)
    for content in ("first", "second"):
        progress_json.write_text(content, encoding="utf-8")
        warning = states()[1]
    assert "progress.damaged-2.json" in warning
    names = sorted(path.name for path in progress_json.parent.glob("progress.*"))
    assert names == ["progress.damaged-2.json", "progress.damaged.json"]


def test_a_damaged_file_does_not_cost_what_this_session_did(progress_json: pathlib.Path) -> None:
    keep("99.a", Kind.CORRECT)
    progress_json.write_text("damaged", encoding="utf-8")
    keep("99.b", Kind.CORRECT)
    forget()
    assert states()[0] == {"99.a": "done", "99.b": "done"}


def test_an_unwritable_folder_costs_one_line_once(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "a_file" / "progress.json"))
    warning = keep("99.a", Kind.CORRECT)
    assert warning.startswith("Progress cannot be written to its file")
    assert "\n" not in warning
    assert str(tmp_path) not in warning
    assert keep("99.b", Kind.CORRECT) == ""
    assert states()[0] == {"99.a": "done", "99.b": "done"}, "this session remembers"


def test_a_folder_in_the_files_place(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))
    assert keep("99.a", Kind.CORRECT).startswith("Progress cannot be written")
    found, warning = states()
    assert found == {"99.a": "done"}
    assert warning.startswith("The progress file cannot be read")


def test_a_write_that_fails_half_way_leaves_the_old_file(
    progress_json: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("99.a", Kind.CORRECT)
    before = progress_json.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    assert keep("99.b", Kind.CORRECT).startswith("Progress cannot be written")
    assert progress_json.read_bytes() == before
    assert list(progress_json.parent.glob(".progress.json.*")) == [
        progress_json.with_name(".progress.json.lock")
    ]


def test_a_link_stays_a_link(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "kept_elsewhere.json"
    link = tmp_path / "link.json"
    link.symlink_to(target)
    monkeypatch.setenv("COURSE_PROGRESS", str(link))
    keep("99.a", Kind.CORRECT)
    assert link.is_symlink()
    assert "99.a" in target.read_text(encoding="utf-8")


def test_a_lock_that_is_stuck_does_not_stop_the_lesson(
    progress_json: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="this system has no file locks")
    monkeypatch.setattr(progress_file, "_PATIENCE", 0.05)
    progress_json.parent.mkdir(parents=True)
    with progress_json.with_name(".progress.json.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert keep("99.a", Kind.CORRECT) == ""
    assert states()[0] == {"99.a": "done"}


def test_many_notebooks_at_once_lose_nothing(progress_json: pathlib.Path) -> None:
    script = (
        "import sys\n"
        "from course_utils.exercises.outcome import Kind\n"
        "from course_utils.exercises.progress_file import keep\n"
        "for n in range(25):\n"
        "    assert keep(f'{sys.argv[1]}.e{n}', Kind.CORRECT) == ''\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(number)]) for number in range(10, 16)
    ]
    assert [writer.wait() for writer in writers] == [0] * 6
    found, warning = states()
    assert warning == ""
    assert len(found) == 6 * 25
    assert list(progress_json.parent.glob("*.damaged*")) == []


def test_where_the_file_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", "~/my_progress.json")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert progress_path() == tmp_path.resolve() / "my_progress.json"
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert progress_path().parts[-2:] == ("cnn-course", "progress.json")


def test_no_time_is_kept(progress_json: pathlib.Path) -> None:
    keep("99.a", Kind.CORRECT)
    first = progress_json.read_bytes()
    progress_json.unlink()
    forget()
    keep("99.a", Kind.CORRECT)
    assert progress_json.read_bytes() == first
