"""What the lessons share: tested operations, exercises, explorers and the tools around them.

Nothing heavy is imported here; a lesson imports the parts that it uses.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name: str) -> str:
        if name != "__version__":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from course_utils.distribution import version

        return version()
