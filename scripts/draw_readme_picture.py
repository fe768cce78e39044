"""Draw the picture of the README: FilterExplorer's own snapshot of a Sobel filter at work."""

from __future__ import annotations

from pathlib import Path

from course_utils.explorers import FilterExplorer

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "explorer.png"


def main() -> None:
    """Write docs/explorer.png."""
    explorer = FilterExplorer(
        picture="camera", preset="sobel_x", padding=1, padding_mode="replicate", focus=(37, 46)
    )
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(explorer.snapshot())
    print(f"drawn: docs/{PICTURE.name}")


if __name__ == "__main__":
    main()
