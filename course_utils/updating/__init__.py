"""The newest course, with all that a learner wrote: ``python -m course_utils.updating``.

Only Python's own library and git are used, so that an environment that is half renewed, or none,
is enough. Work is copied into a dated folder before anything is touched; ``course_update.py`` has
the order of the steps, and why a kill between any two of them loses nothing.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - asked of any Python that a learner has at hand
    raise SystemExit(
        "Python 3.11 or newer is needed; in the course's own environment:"
        " .venv/bin/python -m course_utils.updating"
    )
