"""The progress file: written in one step, merged, and never worth a session."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import socket
import stat
import subprocess
import sys
import tempfile

import pytest

from course_utils.exercises import file_lock, progress_file
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
    monkeypatch.setattr(file_lock, "_PATIENCE", 0.05)
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


def listing(folder: pathlib.Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_null_device_keeps_nothing_and_is_left_alone(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    null = pathlib.Path(os.devnull)
    (tmp_path / "by_link.json").symlink_to(null)
    for name in (null, tmp_path / "by_link.json"):
        monkeypatch.setenv("COURSE_PROGRESS", str(name))
        forget()
        assert keep("99.a", Kind.CORRECT) == ""
        assert states() == ({"99.a": "done"}, ""), "this session remembers"
        assert stat.S_ISCHR(null.stat().st_mode)
        assert [path for path in null.parent.glob("*null*") if path != null] == []
    assert listing(tmp_path) == ["by_link.json"]


@pytest.mark.parametrize("kind", ["device", "pipe", "socket", "folder"])
def test_only_regular_files_are_touched(
    kind: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    if kind == "device":
        place = pathlib.Path("/dev/full")
    elif kind == "pipe":
        os.mkfifo(place)  # reading it would wait for a writer
    elif kind == "folder":
        place.mkdir()
    else:
        monkeypatch.chdir(tmp_path)  # a socket's whole path must be short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("place")
    before, mode = listing(place.parent), place.lstat().st_mode
    monkeypatch.setenv("COURSE_PROGRESS", str(place))
    assert keep("99.a", Kind.CORRECT).startswith("Progress cannot be written to its file")
    assert keep("99.b", Kind.CORRECT) == ""
    found, warning = states()
    assert found == {"99.a": "done", "99.b": "done"}
    assert warning.startswith("The progress file cannot be read")
    assert (listing(place.parent), place.lstat().st_mode) == (before, mode)


def test_a_file_far_too_large_is_not_ours(
    progress_json: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress_json.parent.mkdir(parents=True)
    progress_json.write_bytes(b"x" * 100)
    monkeypatch.setattr(progress_file, "_LARGEST", 99)
    assert keep("99.a", Kind.CORRECT).startswith("Progress cannot be written")
    assert progress_json.read_bytes() == b"x" * 100


def nobody(code: str, **environment: str) -> str:
    """Run code as an ordinary user, whom folders can keep out (root is let in everywhere)."""
    root = pathlib.Path(__file__).parents[2]
    # What Python still needs is imported first: another user may not see where it is installed.
    as_nobody = (
        "import fcntl, json, os, random\n"
        "if os.getuid() == 0:\n"
        "    os.setgid(65534); os.setuid(65534)\n"
    )
    imports = (
        "from course_utils.exercises.outcome import Kind\n"
        "from course_utils.exercises.progress_file import keep, progress_path, states\n"
    )
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root)} | environment
    done = subprocess.run(
        [sys.executable, "-c", imports + as_nobody + code],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


DONE_BEFORE = '{"version": 1, "exercises": {"98.z": "done"}}'


def open_to_all(folder: pathlib.Path, mode: int) -> None:
    """Let other users in, and into the folders above."""
    folder.chmod(mode)
    # pytest keeps its folders to their owner, and has one more where tests run in two processes
    for above in folder.parents:
        if above == pathlib.Path(tempfile.gettempdir()):
            break
        above.chmod(above.stat().st_mode | 0o011)


def test_a_read_only_folder_is_read(progress_json: pathlib.Path) -> None:
    progress_json.parent.mkdir(parents=True)
    progress_json.write_text(DONE_BEFORE, encoding="utf-8")
    progress_json.chmod(0o644)
    open_to_all(progress_json.parent, 0o555)
    try:
        out = nobody(
            "print(states()); print(keep('99.a', Kind.CORRECT)); print(states())",
            COURSE_PROGRESS=str(progress_json),
        ).splitlines()
    finally:
        progress_json.parent.chmod(0o755)
    assert out[0] == "({'98.z': 'done'}, '')"
    assert out[1].startswith("Progress cannot be written")
    assert out[2] == "({'98.z': 'done', '99.a': 'done'}, '')"
    assert listing(progress_json.parent) == ["progress.json"]


@pytest.mark.parametrize("mode", [0o644, 0o600])
def test_another_users_lock(progress_json: pathlib.Path, mode: int) -> None:
    if os.getuid():
        pytest.skip("only root can act as two users")
    progress_json.parent.mkdir(parents=True)
    progress_json.write_text(DONE_BEFORE, encoding="utf-8")
    progress_json.chmod(0o666)
    lock = progress_json.with_name(".progress.json.lock")
    lock.touch()
    lock.chmod(mode)
    open_to_all(progress_json.parent, 0o777)
    out = nobody(
        "print(repr(keep('99.a', Kind.CORRECT)), states()[0])", COURSE_PROGRESS=str(progress_json)
    )
    assert out == "'' {'98.z': 'done', '99.a': 'done'}\n"
    assert "99.a" in progress_json.read_text(encoding="utf-8")


def test_a_file_made_read_only_is_left_as_it_is(progress_json: pathlib.Path) -> None:
    progress_json.parent.mkdir(parents=True)
    progress_json.write_text(DONE_BEFORE, encoding="utf-8")
    progress_json.chmod(0o444)
    open_to_all(progress_json.parent, 0o777)
    out = nobody("print(keep('99.a', Kind.CORRECT))", COURSE_PROGRESS=str(progress_json))
    assert out.startswith("Progress cannot be written")
    assert progress_json.read_text(encoding="utf-8") == DONE_BEFORE


def test_owner_and_permissions_stay(progress_json: pathlib.Path) -> None:
    keep("99.a", Kind.CORRECT)
    progress_json.chmod(0o640)
    if not os.getuid():
        os.chown(progress_json, 65534, 65534)
    before = progress_json.stat()
    keep("99.b", Kind.CORRECT)
    after = progress_json.stat()
    assert after.st_ino != before.st_ino
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_no_damage(progress_json: pathlib.Path, encoding: str) -> None:
    progress_json.parent.mkdir(parents=True)
    progress_json.write_text(DONE_BEFORE, encoding=encoding)
    assert states() == ({"98.z": "done"}, "")
    assert keep("99.a", Kind.CORRECT) == ""
    assert json.loads(progress_json.read_text(encoding="utf-8"))["exercises"] == {
        "98.z": "done",
        "99.a": "done",
    }
    assert list(progress_json.parent.glob("*damaged*")) == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ('{"version": 2, "exercises": {"98.z": "done", "98.y": {"state": 1}}}', {"98.z": "done"}),
        ('{"version": 2, "exercises": ["98.z"]}', {}),
        ('{"version": 3, "lessons": {}}', {}),
        ('{"version": "2027.1", "exercises": {"98.z": "tried"}}', {"98.z": "tried"}),
    ],
)
def test_a_newer_file_is_read_and_left_as_it_is(
    progress_json: pathlib.Path, text: str, held: dict[str, str]
) -> None:
    progress_json.parent.mkdir(parents=True)
    progress_json.write_text(text, encoding="utf-8")
    assert states()[0] == held
    warning = keep("99.a", Kind.CORRECT)
    assert warning.startswith("The progress file was written by another version of the course")
    assert keep("99.b", Kind.CORRECT) == "", "it is said once"
    assert states()[0] == held | {"99.a": "done", "99.b": "done"}
    assert progress_json.read_text(encoding="utf-8") == text
    assert list(progress_json.parent.glob("*damaged*")) == []


def test_entries_that_are_no_states_are_passed_over(progress_json: pathlib.Path) -> None:
    progress_json.parent.mkdir(parents=True)
    text = '{"version": 1, "exercises": {"98.z": "done", "98.y": ["done"], "98.x": null}}'
    progress_json.write_text(text, encoding="utf-8")
    assert states() == ({"98.z": "done"}, "")


@pytest.mark.parametrize("chosen", ["~nosuchuser/progress.json", "~/progress.json", ""])
def test_no_home_and_no_such_user(tmp_path: pathlib.Path, chosen: str) -> None:
    open_to_all(tmp_path, 0o777)
    code = (
        "import os, pathlib\n"
        f"os.chdir({str(tmp_path)!r})\n"
        "import pwd\n"
        "def unknown(*_): raise KeyError('no such user')\n"
        "pwd.getpwuid = pwd.getpwnam = unknown\n"
        "print(isinstance(progress_path(), pathlib.Path))\n"
        "print(keep('99.a', Kind.CORRECT))\n"
        "print(states())\n"
    )
    out = nobody(code, COURSE_PROGRESS=chosen).splitlines()
    assert out[0] == "True"
    assert out[1].startswith("Progress cannot be written to its file")
    assert out[2].startswith("({'99.a': 'done'}, ")
    assert listing(tmp_path) == [], "no folder called ~"


def test_links_in_a_circle(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    for name in ("a", "a/progress.json"):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / name))
        assert isinstance(progress_path(), pathlib.Path)
        assert keep("99.a", Kind.CORRECT).startswith("Progress cannot be written")
        assert states()[0] == {"99.a": "done"}
    assert listing(tmp_path) == ["a", "b"]


def test_what_a_kill_left_is_swept_and_nothing_else(progress_json: pathlib.Path) -> None:
    script = (
        "import os, signal\n"
        "from course_utils.exercises.outcome import Kind\n"
        "from course_utils.exercises.progress_file import keep\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "keep('99.a', Kind.CORRECT)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(listing(progress_json.parent)) == 2  # the lock and what was left
    mine = progress_json.with_name(".progress.json.original")
    mine.write_text("a copy of my own", encoding="utf-8")
    keep("99.b", Kind.CORRECT)
    assert listing(progress_json.parent) == [
        ".progress.json.lock",
        ".progress.json.original",
        "progress.json",
    ]


def test_entries_nested_too_deep_to_be_written(progress_json: pathlib.Path) -> None:
    progress_json.parent.mkdir(parents=True)
    depth = sys.getrecursionlimit() - 200
    text = f'{{"exercises": {{"98.z": {"[" * depth}{"]" * depth}}}}}'
    progress_json.write_text(text, encoding="utf-8")
    keep("99.a", Kind.CORRECT)  # whatever is said, nothing is raised
    assert states()[0] == {"99.a": "done"}
