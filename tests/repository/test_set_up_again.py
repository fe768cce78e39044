"""Set-up where an environment is there already: whole, of other versions, or half-made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository.fake_machine import Machine, installs, make_machine, only_line


@pytest.fixture
def machine(tmp_path: Path, root: Path) -> Machine:
    return make_machine(tmp_path, root)


def test_a_target_adds_what_it_needs_to_what_is_there(machine: Machine) -> None:
    assert machine.run("lab", "torch").returncode == 0
    assert installs(machine) == [".[lab,torch]"]
    result = machine.run("authoring")
    assert installs(machine) == [".[lab,torch,authoring]"]
    assert "Creating" not in result.stdout
    # everything else is there already
    for extras in (["lab"], ["torch", "lab"], ["authoring"]):
        again = machine.run(*extras)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert machine.run().returncode == 0
    assert installs(machine) == [".[lab,torch,authoring,test]"]
    again = machine.run("lab", "torch")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_changed_list_renews_every_extra_that_is_there(machine: Machine) -> None:
    assert machine.run().returncode == 0
    installs(machine)
    with (machine.folder / "constraints.txt").open("a") as file:
        file.write("# changed\n")
    assert machine.run("lab").returncode == 0
    assert installs(machine) == [".[lab,torch,authoring,test]"]


def test_the_second_time_nothing_is_done(machine: Machine) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    again = machine.run()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    (only,) = machine.calls()
    assert "sys.version" in only


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_list_is_installed(machine: Machine, name: str) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    with (machine.folder / name).open("a") as file:
        file.write("# changed\n")
    assert machine.run().returncode == 0
    calls = machine.calls()
    assert any("-m pip install" in call for call in calls)
    assert not any("-m venv" in call for call in calls)


def test_another_python_or_another_folder_is_noticed(machine: Machine) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    machine.run(FAKE_VERSION="3.13.0")
    assert any("-m pip install" in call for call in machine.calls())
    machine.folder = machine.folder.rename(machine.folder.with_name("moved"))
    machine.run(FAKE_VERSION="3.13.0")
    assert any("-m pip install" in call for call in machine.calls())


def test_an_interrupted_set_up_is_gone_on_with(machine: Machine) -> None:
    failed = machine.run(FAKE_PIP_FAILS="1")
    assert "the course could not be installed" in only_line(failed)
    (machine.folder / ".venv" / "half").touch()
    machine.calls()
    again = machine.run()
    assert again.returncode == 0
    assert "The last set-up was interrupted; going on with it." in again.stdout
    assert not any("-m venv" in call for call in machine.calls())
    assert (machine.folder / ".venv" / "half").exists()
    assert not (machine.folder / ".venv" / "course-unfinished").exists()


def test_an_environment_that_was_being_created_is_created_anew(machine: Machine) -> None:
    (machine.folder / ".venv").mkdir()
    (machine.folder / ".venv" / "half").touch()
    (machine.folder / ".venv" / "course-unfinished").write_text("creating\ncpu\n")
    again = machine.run(FAKE_NO_TORCH="1")
    assert again.returncode == 0
    assert "The last set-up was interrupted; starting again." in again.stdout
    calls = machine.calls()
    assert any("-m venv" in call for call in calls)
    # the kind that was chosen is kept
    assert any("--index-url" in call for call in calls)
    assert any(
        " .venv/tmp/torch.whl --editable " in call.replace(f"{machine.folder}/", "")
        for call in calls
    )
    assert not (machine.folder / ".venv" / "half").exists()
    assert not (machine.folder / ".venv" / "course-unfinished").exists()


def test_without_a_network_the_environment_stays_as_it_is(machine: Machine) -> None:
    assert machine.run("lab").returncode == 0
    machine.calls()
    stamp = (machine.folder / ".venv" / "course-stamp").read_text()
    with (machine.folder / "constraints.txt").open("a") as file:
        file.write("# changed\n")
    update = machine.run("lab", FAKE_NO_NETWORK="1")
    assert update.returncode == 0
    assert "the packages could not be installed (see above). Going on with" in update.stdout
    assert installs(machine) == []
    assert (machine.folder / ".venv" / "course-stamp").read_text() == stamp
    # what is not there cannot be gone on with
    assert "could not be installed" in only_line(machine.run("lab", "test", FAKE_NO_NETWORK="1"))
    assert machine.run("lab").returncode == 0
    assert installs(machine) == [".[lab]"]


def test_an_environment_that_does_not_run_is_made_anew(machine: Machine) -> None:
    python = machine.folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python3")
    result = machine.run()
    assert "does not run any more; making it anew" in result.stdout
    assert result.returncode == 0


def test_cuda_is_not_replaced_unasked(machine: Machine) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    result = machine.run(TORCH="cpu")
    assert "already has PyTorch with CUDA, which runs without a GPU too" in result.stdout
    assert not any("pip" in call for call in machine.calls())


def test_the_cpu_kind_is_remembered(machine: Machine) -> None:
    assert machine.run("lab", "torch", TORCH="cpu").returncode == 0
    machine.calls()
    result = machine.run(TORCH="cpu")
    assert "CUDA" not in result.stdout
    # and stays as it is when the versions change
    with (machine.folder / "constraints.txt").open("a") as file:
        file.write("# changed\n")
    assert machine.run("lab", FAKE_NO_TORCH="1").returncode == 0
    assert any("--index-url" in call for call in machine.calls())


def test_cuda_is_not_replaced_where_something_else_is_added(machine: Machine) -> None:
    assert machine.run("lab", "torch").returncode == 0
    machine.calls()
    result = machine.run(TORCH="cpu")
    assert "already has PyTorch with CUDA" in result.stdout
    assert not any("--index-url" in call for call in machine.calls())
    assert (machine.folder / ".venv" / "course-stamp").read_text().splitlines()[1] == "cuda"
