"""Which lessons there are, and where the files of each are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course_utils.authoring.errors import AuthoringError


@dataclass(frozen=True)
class Lesson:
    """One lesson: its name and its three files."""

    name: str  # number and title, such as 01_convolution_sum
    root: Path  # of the course

    @property
    def number(self) -> str:
        """The two digits at the beginning of its name."""
        return self.name.split("_", 1)[0]

    @property
    def source(self) -> Path:
        """The MyST Markdown that an author writes."""
        return self.root / "notebooks" / "sources" / f"{self.name}.md"

    @property
    def notebook(self) -> Path:
        """The executed notebook that a learner opens."""
        return self.root / "notebooks" / f"{self.name}.ipynb"

    @property
    def solved(self) -> Path:
        """The executed notebook with every exercise filled in; not kept in git."""
        return self.root / "build" / "solved" / f"{self.name}.ipynb"

    @property
    def page(self) -> Path:
        """The notebook as a page to read; not kept in git."""
        return self.root / "build" / "pages" / f"{self.name}.html"

    def shown(self, path: Path) -> Path:
        """Return `path` as messages show it: relative to the root of the course."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path


def course_root() -> Path:
    """Return the folder that holds ``course_utils`` and ``notebooks``."""
    return Path(__file__).resolve().parents[2]


def all_lessons(root: Path) -> list[Lesson]:
    """List the lessons that have a source, in order."""
    return [Lesson(p.stem, root) for p in sorted((root / "notebooks" / "sources").glob("*.md"))]


def find_lessons(names: list[str], root: Path) -> list[Lesson]:
    """Find lessons by number, by name or by the path of source or notebook; none means all."""
    lessons = all_lessons(root)
    if not names:
        return lessons
    found: set[str] = set()
    for name in names:
        stem = Path(name).stem
        hits = [lesson.name for lesson in lessons if stem in (lesson.name, lesson.number)]
        if not hits:
            have = ", ".join(lesson.name for lesson in lessons) or "none"
            raise AuthoringError(f"no lesson is called {name!r}; there are: {have}")
        found.update(hits)
    return [lesson for lesson in lessons if lesson.name in found]
