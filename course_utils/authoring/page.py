"""A lesson as a page to read: its stored notebook in HTML, with words for every picture.

JupyterLab's own export leaves out the descriptions of pictures, and shows what is folded away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert import HTMLExporter

from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.notebook_files import read_notebook, write_text

_TEMPLATES = Path(__file__).with_name("templates")


def page(lesson: Lesson) -> str:
    """Return the HTML of a lesson's stored notebook."""
    export: Any = HTMLExporter  # its package has no types
    exporter = export(template_name="course_page", extra_template_basedirs=[str(_TEMPLATES)])
    title = lesson.name.replace("_", " ")
    notebook = read_notebook(lesson.notebook)
    body, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": title}})
    return str(body)


def write_page(lesson: Lesson) -> None:
    """Write a lesson's page into build/pages."""
    lesson.page.parent.mkdir(parents=True, exist_ok=True)
    write_text(page(lesson), lesson.page)
    print(f"{lesson.name}: {lesson.shown(lesson.page)}")
