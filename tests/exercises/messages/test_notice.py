"""Messages as text for a terminal and as HTML for a notebook."""

from __future__ import annotations

import html.parser
import re
from typing import Any

import pytest

from course_utils.exercises import Exercise
from course_utils.exercises.judge import judge
from course_utils.exercises.messages.notice import Listing, Notice, Text, Tone

NASTY = "<script>alert('x')</script> & `a < b` \"quoted\""


class Reader(html.parser.HTMLParser):
    """Collects what a reader sees of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def words(markup: str) -> str:
    """Extract what a reader sees of HTML, without blanks."""
    reader = Reader()
    reader.feed(markup)
    return "".join(" ".join(reader.seen).split())


def test_text_of_a_learner_cannot_become_markup() -> None:
    notice = Notice(NASTY, (Text(NASTY), Listing(NASTY, NASTY)), Tone.MEND)
    markup = notice.as_html()
    assert "<script>" not in markup
    assert "<code>a &lt; b</code>" in markup
    assert notice._repr_mimebundle_(include=None, exclude=None) == {
        "text/plain": str(notice),
        "text/html": markup,
    }


def test_a_function_that_prints_markup(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        print(NASTY)
        raise ValueError(NASTY)

    markup = judge(toy, running_sum).as_html()
    assert "<script>" not in markup
    assert "&lt;script&gt;" in markup


def test_text_and_html_say_the_same(toy: Exercise) -> None:
    for misconception in toy.misconceptions:
        outcome = judge(toy, misconception.function)
        text = "".join(str(outcome).replace("`", "").split())
        assert words(outcome.as_html()) == text


@pytest.mark.parametrize("tone", list(Tone))
def test_the_colour_follows_the_theme_and_has_a_fallback(tone: Tone) -> None:
    markup = Notice("title", (), tone).as_html()
    assert re.search(r"border-left:6px solid var\(--jp-[a-z0-9-]+, #[0-9a-f]{6}\)", markup)
    assert "color:var(--jp-ui-font-color0, inherit)" in markup
    assert not re.search(r"background:(?!transparent)", markup), "no background to clash with"


def test_lines_are_wrapped_listings_are_not() -> None:
    notice = Notice("title:", (Text("word " * 60), Listing("label", "x " * 80)), Tone.INFORM)
    first, *_ = str(notice).splitlines()
    assert first.startswith("title: word word")
    assert len(first) <= 92
    assert str(notice).endswith("label\n    " + "x " * 80)


def test_a_listing_may_come_first() -> None:
    assert str(Notice("title", (Listing("", "a\nb"),))) == "title\n    a\n    b"


@pytest.mark.parametrize("text", ["$5 and $6", r"\(x\)", r"\begin{equation}", "$$x$$", "`$a$`"])
def test_nothing_is_typeset_as_mathematics(text: str) -> None:
    markup = Notice(text, (Text(text), Listing(text, text)), Tone.MEND).as_html()
    for delimiter in ("$", "\\"):
        assert markup.count(delimiter) == markup.count(f"<span>{delimiter}</span>")
    assert words(markup).replace("`", "").count(words(text).replace("`", "")) == 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\ud800b", r"a\ud800b"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("nul\x00", r"nul\x00"),
        ("\udfff\ud800", r"\udfff\ud800"),
        ("a 😀 é", "a 😀 é"),
    ],
)
def test_what_cannot_be_shown_is_escaped(text: str, shown: str) -> None:
    notice = Notice(text, (Listing(text, text),), Tone.MEND)
    assert str(notice).count(shown) == 3
    assert words(notice.as_html()).count(words(shown)) == 3
    assert (str(notice) + notice.as_html()).encode("utf-8")
