"""From a lesson's source to the notebook that a learner opens, and back.

A lesson is written as one MyST Markdown file, ``notebooks/sources/NN_name.md``. Everything
else is made from it::

    python -m course_utils.authoring build            # every changed lesson
    python -m course_utils.authoring build 01 --force # this one, whatever was done to it
    python -m course_utils.authoring check            # source and notebook agree (executes nothing)
    python -m course_utils.authoring adopt notebooks/01_name.ipynb   # an edited notebook -> source
    python -m course_utils.authoring solved           # build/solved: every exercise filled in

CONTRIBUTING.md tells the whole story for authors.
"""
