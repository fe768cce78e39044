"""What every explorer is from Python: a state, its inputs, its results, its stored picture."""

from __future__ import annotations

import base64
import re
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from course_utils.explorers.shared.bundle import HERE
from tests.explorers.every_explorer import EXPLORERS, Kind, changes_of, every, folder_of


def test_every_explorer_is_tested_here() -> None:
    folders = {folder.parent.name for folder in HERE.glob("*/explorer.py")}
    assert {folder_of(kind) for kind in EXPLORERS} == folders
    assert {file.parent.name for file in Path(__file__).parent.glob("*/changes.py")} == folders


@every
def test_it_opens_valid_and_complete(kind: Kind) -> None:
    explorer = kind()
    assert explorer.rev == 1
    assert explorer.error == ""
    assert len(explorer.colour_table) == 3 * 255
    assert explorer.facts
    assert set(explorer.inputs) <= set(explorer.trait_names())
    assert explorer.light <= set(explorer.inputs)


@every
def test_it_opens_with_what_its_options_say(kind: Kind) -> None:
    opening = kind()
    for name, option in kind.options.items():
        if option.init and option.default_value is not None:
            explorer = kind(**{name: option.default_value})
            assert (explorer.summary(), explorer.facts) == (opening.summary(), opening.facts), name


@every
def test_what_is_shown_is_computed_once_for_each_state(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    explain = kind._explain

    def counting(state: Any) -> Any:
        asked.append(state)
        return explain(state)

    monkeypatch.setattr(kind, "_explain", staticmethod(counting))
    explorer = kind()
    explorer.set_state(changes_of(kind).accepted)
    explorer._repr_mimebundle_()
    found = explorer.explain()
    for name, part in vars(kind).items():
        if isinstance(part, property):
            getattr(explorer, name)
    assert len(asked) == len(set(map(id, asked))) == 2
    assert asked[-1] is explorer.state
    assert explorer.explain() is found
    explorer.update(**changes_of(kind).light)
    assert len(asked) == 2  # until somebody asks
    assert explorer.explain() is not found
    assert len(asked) == 3


@every
def test_what_is_kept_cannot_be_changed(kind: Kind) -> None:
    def arrays(part: Any) -> list[np.ndarray[Any, Any]]:
        if isinstance(part, np.ndarray):
            return [part]
        values = part.values() if isinstance(part, dict) else part
        inside = isinstance(part, dict | list | tuple)
        return [array for value in values for array in arrays(value)] if inside else []

    found = arrays(vars(kind().explain()))
    assert found
    assert not any(array.flags.writeable for array in found)


@every
def test_a_refused_change_in_python_raises_and_is_undone(kind: Kind) -> None:
    explorer = kind()
    before = explorer.state
    _, bad, words, _ = changes_of(kind)
    ((name, value),) = bad.items()
    kept = getattr(explorer, name)
    with pytest.raises(ValueError, match=words):
        setattr(explorer, name, value)
    with pytest.raises(ValueError, match=words):
        explorer.update(**bad)
    assert getattr(explorer, name) == kept
    assert explorer.state is before
    assert explorer.error == ""
    setattr(explorer, *next(iter(changes_of(kind).accepted.items())))
    assert explorer.state is not before


@every
def test_several_inputs_change_together_or_not_at_all(kind: Kind) -> None:
    explorer = kind()
    before = explorer.state
    good, bad, words, _ = changes_of(kind)
    with pytest.raises(ValueError, match=words):
        explorer.update(**(good | bad))
    assert explorer.state is before
    explorer.set_state(good | bad)
    assert explorer.state is before
    assert words in explorer.error


@every
def test_unknown_names_are_refused(kind: Kind) -> None:
    with pytest.raises(TypeError, match="has no input 'colour'; choose from"):
        kind().update(colour=1)
    with pytest.raises(TypeError):
        kind(colour=1)


@every
def test_reset_goes_back(kind: Kind) -> None:
    explorer = kind()
    words = explorer.summary()
    explorer.set_state(changes_of(kind).accepted)
    assert explorer.summary() != words
    explorer.reset()
    assert explorer.summary() == words


@every
def test_a_stored_notebook_has_words_and_a_picture(kind: Kind) -> None:
    explorer = kind()
    data, metadata = explorer._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/png", "application/vnd.jupyter.widget-view+json"}
    assert data["text/plain"] == explorer.summary() == repr(explorer)
    assert "0x" not in data["text/plain"]
    assert metadata["image/png"]["alt"] == explorer.summary()
    picture = base64.b64decode(data["image/png"])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    assert width >= 900
    assert height >= 300
    assert kind().snapshot() == picture  # the same bytes for the same state


@every
def test_the_snapshot_shows_the_state(kind: Kind) -> None:
    explorer = kind()
    before = explorer.snapshot()
    explorer.set_state(changes_of(kind).accepted)
    assert explorer.snapshot() != before


@every
def test_the_snapshot_says_how_to_use_it_and_writes_true_minus_signs(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[str] = []
    draw = Figure.savefig

    def reading(figure: Figure, *where: Any, **how: Any) -> None:
        texts = figure.findobj(Text)
        words.extend(t.get_text() for t in texts if "monospace" not in t.get_fontfamily())
        draw(figure, *where, **how)

    monkeypatch.setattr(Figure, "savefig", reading)
    kind().snapshot()
    assert any("run this cell" in text for text in words)
    assert [text for text in words if re.search(r"(?<![\w)])-\.?\d", text)] == []
