"""What every explorer does with a change: all of it or nothing, one message, words for errors."""

from __future__ import annotations

import base64
import struct
import threading
from typing import Any

import numpy as np
import pytest
import traitlets

from course_utils.explorers import (
    ConvArithmeticExplorer,
    ConvolutionSumExplorer,
    DigitExplorer,
    FeatureMapExplorer,
    FilterExplorer,
    PoolExplorer,
    ReceptiveFieldExplorer,
    ResidualGradientExplorer,
)
from course_utils.explorers.base import Explorer
from course_utils.explorers.shared.arrays import ArrayTrait

EXPLORERS: list[type[Explorer[Any]]] = [
    ConvArithmeticExplorer,
    ConvolutionSumExplorer,
    DigitExplorer,
    FeatureMapExplorer,
    FilterExplorer,
    PoolExplorer,
    ReceptiveFieldExplorer,
    ResidualGradientExplorer,
]
# For each: a change from the page, one that is refused with its words, one that only points.
CHANGES: dict[type[Explorer[Any]], tuple[dict[str, Any], dict[str, Any], str, dict[str, Any]]] = {
    ConvArithmeticExplorer: (
        {"stride": 1},
        {"stride": 99},
        "stride must be",
        {"focus": [0, 2]},
    ),
    ConvolutionSumExplorer: ({"mode": "valid"}, {"w_size": 99}, "size of w", {"t": 5}),
    DigitExplorer: ({"fit": False}, {"sample": 999}, "sample must be", {"back": 2}),
    FeatureMapExplorer: ({"filter": 4}, {"filter": 6}, "filter must be", {"focus": [2, 3]}),
    PoolExplorer: ({"kind": "average"}, {"stride": 99}, "stride must be", {"focus": [1, 2]}),
    FilterExplorer: ({"stride": 2}, {"stride": 99}, "stride must be", {"focus": [2, 3]}),
    ReceptiveFieldExplorer: (
        {"network": "AlexNet"},
        {"layer": 99},
        "layer must be",
        {"traced": 3},
    ),
    ResidualGradientExplorer: ({"depth": 20}, {"depth": 21}, "depth must be", {"layer": 5}),
}

every = pytest.mark.parametrize("kind", EXPLORERS)


def messages(explorer: Explorer[Any], monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Names sent to the page, one set for each message from now on."""
    sent: list[set[str]] = []

    def send(message: dict[str, Any], buffers: Any = None) -> None:
        if message["method"] == "update":
            sent.append(set(message["state"]))

    monkeypatch.setattr(explorer, "_send", send)
    return sent


@every
def test_it_opens_valid_and_complete(kind: type[Explorer[Any]]) -> None:
    explorer = kind()
    assert explorer.rev == 1
    assert explorer.error == ""
    assert len(explorer.colour_table) == 3 * 255
    assert explorer.facts
    assert set(explorer.inputs) <= set(explorer.trait_names())
    assert explorer.light <= set(explorer.inputs)


@every
def test_a_change_from_the_page_is_answered_in_one_message(
    kind: type[Explorer[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = kind()
    sent = messages(explorer, monkeypatch)
    explorer.set_state(CHANGES[kind][0])
    assert explorer.rev == 2
    assert len(sent) == 1
    assert {"rev", "facts"} <= sent[0]


@every
def test_what_only_points_draws_nothing_anew(
    kind: type[Explorer[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = kind()
    sent = messages(explorer, monkeypatch)
    change = CHANGES[kind][3]
    explorer.set_state(change)
    assert explorer.rev == 1
    assert sent == []
    (name,) = change
    assert np.array_equal(getattr(explorer.state, name), change[name])


@every
def test_a_refused_change_from_the_page_is_said_and_undone(
    kind: type[Explorer[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = kind()
    before, facts = explorer.state, explorer.facts
    sent = messages(explorer, monkeypatch)
    _, bad, words, _ = CHANGES[kind]
    (name,) = bad
    kept = getattr(explorer, name)
    explorer.set_state(bad)
    assert words in explorer.error
    assert explorer.rev == 2  # the page redraws, with the value that is kept
    assert explorer.state is before
    assert explorer.facts == facts
    assert getattr(explorer, name) == kept
    assert any(name in names for names in sent)  # the page's own copy is put right
    explorer.set_state(CHANGES[kind][0])
    assert explorer.error == ""


@every
def test_the_pages_copy_is_put_right_before_it_redraws(
    kind: type[Explorer[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, bad, *_ = CHANGES[kind]
    strict = (ArrayTrait, traitlets.Unicode, traitlets.Bool)
    traits = kind.class_traits(sync=True)
    typed = next(n for n in kind.inputs if isinstance(traits.get(n), strict))
    for refused in (bad, {typed: [["a"]]}):  # by the state, and by the trait before it
        explorer = kind()
        sent = messages(explorer, monkeypatch)
        explorer.set_state(refused)
        (name,) = refused
        first = next(n for n, names in enumerate(sent) if name in names)
        assert first <= next(n for n, names in enumerate(sent) if "rev" in names)


@every
def test_a_refused_change_in_python_raises_and_is_undone(kind: type[Explorer[Any]]) -> None:
    explorer = kind()
    before = explorer.state
    _, bad, words, _ = CHANGES[kind]
    ((name, value),) = bad.items()
    kept = getattr(explorer, name)
    with pytest.raises(ValueError, match=words):
        setattr(explorer, name, value)
    with pytest.raises(ValueError, match=words):
        explorer.update(**bad)
    assert getattr(explorer, name) == kept
    assert explorer.state is before
    assert explorer.error == ""
    setattr(explorer, *next(iter(CHANGES[kind][0].items())))
    assert explorer.state is not before


@every
def test_an_error_in_an_observer_is_shown_in_the_page(kind: type[Explorer[Any]]) -> None:
    explorer = kind()

    def broken(change: Any) -> None:
        raise ZeroDivisionError("broken on purpose")

    explorer.observe(broken, "rev")
    explorer.set_state(CHANGES[kind][0])
    assert "broken on purpose" in explorer.error
    assert explorer.facts == kind(**CHANGES[kind][0]).facts  # the change itself was sound


@every
def test_several_inputs_change_together_or_not_at_all(kind: type[Explorer[Any]]) -> None:
    explorer = kind()
    before = explorer.state
    good, bad, words, _ = CHANGES[kind]
    with pytest.raises(ValueError, match=words):
        explorer.update(**(good | bad))
    assert explorer.state is before
    explorer.set_state(good | bad)
    assert explorer.state is before
    assert words in explorer.error


@every
def test_unknown_names_are_refused(kind: type[Explorer[Any]]) -> None:
    with pytest.raises(TypeError, match="has no input 'colour'; choose from"):
        kind().update(colour=1)
    with pytest.raises(TypeError):
        kind(colour=1)


@every
def test_nonsense_from_the_page_changes_nothing(kind: type[Explorer[Any]]) -> None:
    for name in kind.inputs:
        if name == "image":
            continue  # does not travel
        for nonsense in (None, {"a": 1}, [[["x"]]], "§"):
            explorer = kind()
            before = explorer.state
            explorer.set_state({name: nonsense})
            if explorer.error:
                assert explorer.state is before, (name, nonsense)
                assert explorer.rev == 2


@every
def test_reset_goes_back(kind: type[Explorer[Any]]) -> None:
    explorer = kind()
    words = explorer.summary()
    explorer.set_state(CHANGES[kind][0])
    assert explorer.summary() != words
    explorer.reset()
    assert explorer.summary() == words


@every
def test_the_page_gets_bytes_at_the_top_level_only(kind: type[Explorer[Any]]) -> None:
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
def test_a_stored_notebook_has_words_and_a_picture(kind: type[Explorer[Any]]) -> None:
    explorer = kind()
    data, metadata = explorer._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/png", "application/vnd.jupyter.widget-view+json"}
    assert data["text/plain"] == explorer.summary() == repr(explorer)
    assert "0x" not in data["text/plain"]
    assert metadata["image/png"]["alt"] == explorer.summary()
    picture = base64.b64decode(data["image/png"])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) >= (900, 300)
    assert kind().snapshot() == picture  # the same bytes for the same state


@every
def test_the_snapshot_shows_the_state(kind: type[Explorer[Any]]) -> None:
    explorer = kind()
    before = explorer.snapshot()
    explorer.set_state(CHANGES[kind][0])
    assert explorer.snapshot() != before


@every
def test_an_observer_that_fails_keeps_nothing_from_the_page(
    kind: type[Explorer[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = kind()

    def broken(change: Any) -> None:
        raise ZeroDivisionError("broken on purpose")

    explorer.observe(broken, "facts")
    sent = messages(explorer, monkeypatch)
    with pytest.raises(ZeroDivisionError):
        explorer.update(**CHANGES[kind][0])
    assert explorer.rev == 2
    assert {"facts", "rev"} <= sent[-1]
    assert explorer.facts == kind(**CHANGES[kind][0]).facts


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
    found: list[int] = []

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
