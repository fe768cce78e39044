"""``python -m course_utils.updating``: one command, and all that it can say."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from course_utils.updating.course_update import Stopped, update
from course_utils.updating.files import Busy, only_one
from course_utils.updating.from_folder import bring_from
from course_utils.updating.repository import GitError, NoRepository, Repository

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Update the course: 0 if all went well, 1 if not; what to do then is said."""
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.updating",
        description="Bring the newest course; answers, cells and outputs of your own are kept.",
    )
    parser.add_argument(
        "--from",
        dest="other",
        type=Path,
        metavar="FOLDER",
        help="take over what you wrote in another folder of the course; fetches nothing",
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    root: Path = chosen.root.resolve()
    try:
        repository = Repository(root)
        lock = repository.folder / "course-update.lock" if (root / ".git").exists() else None
        with only_one(lock) if lock else nullcontext():
            if chosen.other is not None:
                bring_from(chosen.other, root, _say)
            else:
                update(repository, _say)
    except Busy:
        return _fail("Another update is running in this folder; nothing has been changed.")
    except NoRepository as error:
        return _fail(
            f"There is nothing to fetch from: {error}. Nothing has been changed.\n"
            "To bring your work into a newer course, unpack that one in another folder, and run"
            f" there:\n    make update FROM={root}"
        )
    except Stopped as error:
        return _fail(str(error))
    except (GitError, OSError) as error:
        return _fail(f"The update stopped: {error}\nNothing is lost. Run the same command again.")
    except KeyboardInterrupt:
        return _fail("Interrupted. Nothing is lost; run the same command again to go on.")
    return 0


def _say(words: str) -> None:
    print(words, flush=True)


def _fail(words: str) -> int:
    print(words, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
