"""What every explorer does with a message: all of it or nothing, one answer, words for errors."""

from __future__ import annotations

import re
import threading
from typing import Any

import numpy as np
import pytest

from course_utils.explorers import FilterExplorer
from course_utils.explorers.base import Explorer
from course_utils.explorers.messages import message_on_the_page
from course_utils.explorers.options import ArrayOption
from tests.explorers.every_explorer import Kind, changes_of, every


def messages(explorer: Explorer[Any, Any], monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Names sent to the page, one set for each message from now on."""
    sent: list[set[str]] = []

    def send(message: dict[str, Any], buffers: Any = None) -> None:
        if message["method"] == "update":
            sent.append(set(message["state"]))

    monkeypatch.setattr(explorer, "_send", send)
    return sent


@every
def test_a_change_from_the_page_is_answered_in_one_message(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = kind()
    sent = messages(explorer, monkeypatch)
    explorer.set_state(changes_of(kind).accepted)
    assert explorer.rev == 2
    assert len(sent) == 1
    assert {"rev", "facts"} <= sent[0]


@every
def test_what_only_points_draws_nothing_anew(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = kind()
    sent = messages(explorer, monkeypatch)
    change = changes_of(kind).light
    explorer.set_state(change)
    assert explorer.rev == 1
    assert sent == []
    (name,) = change
    assert np.array_equal(getattr(explorer.state, name), change[name])


@every
def test_a_refused_change_from_the_page_is_said_and_undone(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = kind()
    before, facts = explorer.state, explorer.facts
    sent = messages(explorer, monkeypatch)
    _, bad, words, _ = changes_of(kind)
    (name,) = bad
    kept = getattr(explorer, name)
    explorer.set_state(bad)
    assert words in explorer.error
    assert explorer.rev == 2  # the page redraws, with the value that is kept
    assert explorer.state is before
    assert explorer.facts == facts
    assert getattr(explorer, name) == kept
    assert any(name in names for names in sent)  # the page's own copy is put right
    explorer.set_state(changes_of(kind).accepted)
    assert explorer.error == ""


@every
def test_the_pages_copy_is_put_right_before_it_redraws(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = [
        name
        for name, option in kind.options.items()
        if isinstance(option, ArrayOption) and option.metadata["sync"]
    ]
    by_the_trait: list[dict[str, Any]] = [{name: [["a"]]} for name in arrays]
    for refused in (changes_of(kind).refused, *by_the_trait):
        explorer = kind()
        sent = messages(explorer, monkeypatch)
        explorer.set_state(refused)
        (name,) = refused
        first = next(n for n, names in enumerate(sent) if name in names)
        assert first <= next(n for n, names in enumerate(sent) if "rev" in names)


@every
def test_an_error_in_an_observer_is_shown_in_the_page(kind: Kind) -> None:
    explorer = kind()

    def broken(change: Any) -> None:
        raise ZeroDivisionError("broken on purpose")

    explorer.observe(broken, "rev")
    explorer.set_state(changes_of(kind).accepted)
    assert "broken on purpose" in explorer.error
    assert explorer.facts == kind(**changes_of(kind).accepted).facts  # the change itself was sound


@every
def test_nonsense_from_the_page_changes_nothing_and_is_answered_in_words(kind: Kind) -> None:
    explorer = kind()
    for name in set(kind.inputs) & set(explorer.keys):
        for nonsense in (None, {"a": 1}, [[["x"]]], "§", True):
            before, rev = explorer.state, explorer.rev
            explorer.set_state({name: nonsense})
            if explorer.error:
                assert explorer.state is before, (name, nonsense)
                assert explorer.rev == rev + 1
                assert not re.match(r"\w+Error: ", explorer.error), explorer.error
            explorer.reset()


@every
def test_the_page_gets_bytes_at_the_top_level_only(kind: Kind) -> None:
    def nested(value: Any) -> bool:
        if isinstance(value, bytes | memoryview | bytearray):
            return True
        if isinstance(value, dict):
            return any(map(nested, value.values()))
        return isinstance(value, list | tuple) and any(map(nested, value))

    state = kind().get_state()
    for name, value in state.items():
        if not isinstance(value, bytes | memoryview):
            assert not nested(value), name


@every
def test_an_observer_that_fails_keeps_nothing_from_the_page(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = kind()

    def broken(change: Any) -> None:
        raise ZeroDivisionError("broken on purpose")

    explorer.observe(broken, "facts")
    sent = messages(explorer, monkeypatch)
    with pytest.raises(ZeroDivisionError):
        explorer.update(**changes_of(kind).accepted)
    assert explorer.rev == 2
    assert {"facts", "rev"} <= sent[-1]
    assert explorer.facts == kind(**changes_of(kind).accepted).facts


def test_a_cell_waits_for_the_page() -> None:
    """A notebook runs cells and answers the page in two threads; each change is a whole one."""
    explorer, at_work, go_on = FilterExplorer(), threading.Event(), threading.Event()

    def dawdle(_: Any) -> None:
        at_work.set()
        assert go_on.wait(10)

    explorer.observe(dawdle, names=["stride"])
    page = threading.Thread(target=explorer.set_state, args=({"stride": 2},))
    page.start()
    assert at_work.wait(10)
    found: list[Any] = []

    def cell() -> None:
        explorer.padding = 2
        found.append(explorer.state.padding)

    other = threading.Thread(target=cell)
    other.start()
    other.join(0.2)  # it waits, and must not have been taken for the page's change
    go_on.set()
    page.join(10)
    other.join(10)
    assert found == [2]
    assert (explorer.state.stride, explorer.error) == (2, "")


def test_an_exception_in_words() -> None:
    assert message_on_the_page(ValueError("stride must be 1")) == "stride must be 1"
    assert message_on_the_page(ZeroDivisionError("by 0")) == "ZeroDivisionError: by 0"
