"""A bar is shown to people and hidden from stored notebooks."""

from __future__ import annotations

import pytest

from course_utils.progress_bar import bars_are_hidden, progress_bar


@pytest.mark.parametrize(
    ("value", "hidden"), [("1", True), ("true", True), ("0", False), ("", False)]
)
def test_the_environment_decides(
    value: str, *, hidden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TQDM_DISABLE", value)
    assert bars_are_hidden() is hidden


def test_every_item_comes_through_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert list(progress_bar(range(5))) == [0, 1, 2, 3, 4]


def test_a_bar_is_drawn_and_says_what_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    assert sum(progress_bar(range(4), "adding")) == 6
    assert "adding" in capsys.readouterr().err


def test_a_hidden_bar_draws_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert sum(progress_bar(range(4), "adding")) == 6
    assert capsys.readouterr().err == ""
