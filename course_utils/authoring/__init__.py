"""From a lesson's source to the notebook that a learner opens, and back.

A lesson is written as one MyST Markdown file, ``notebooks/sources/NN_name.md``. Everything
else is made from it::

    python -m course_utils.authoring build            # every lesson that changed
    python -m course_utils.authoring build 01 --force # this one, whatever was done in it
    python -m course_utils.authoring check            # do sources and notebooks agree?
    python -m course_utils.authoring adopt notebooks/01_name.ipynb   # an edited notebook -> source
    python -m course_utils.authoring solved           # every exercise filled in

CONTRIBUTING.md has the whole story for authors.
"""

from course_utils.distribution import from_extra

with from_extra("authoring"):
    import jupytext  # noqa: F401 - asked for here, so that one line says what is missing
    import nbclient  # noqa: F401
    import nbformat  # noqa: F401
