"""Answers to exercise 3.3, right and wrong."""

from tests.lessons.answer_bank.lesson_03.output_size import FLOATS
from tests.lessons.answer_bank.small_changes import but

HALVES = "total = d * (F - 1)\nreturn total // 2, total - total // 2"

RIGHT: list[str] = [
    HALVES,
    but(HALVES, "total - total // 2", "(total + 1) // 2"),
    but(HALVES, "total - total // 2", "-(-total // 2)"),
    but(HALVES, "total // 2, total - total // 2", "[total // 2, total - total // 2]"),
    but(HALVES, "total // 2, total - total // 2", "np.array([total // 2, total - total // 2])"),
    "import math\ntotal = d * (F - 1)\nreturn math.floor(total / 2), math.ceil(total / 2)",
    "half, rest = divmod(d * (F - 1), 2)\nreturn half, half + rest",
    "total = d * (F - 1)\nreturn int(total / 2), total - int(total / 2)",
    """
    total = d * (F - 1)
    if total % 2 == 0:
        return total // 2, total // 2
    return (total - 1) // 2, (total + 1) // 2
    """,
]

SYMMETRIC = "the same number on both sides always, "

WRONG: list[tuple[str, str | None]] = [
    ("return d * F // 2, d * F // 2", "half of dF on both sides"),
    ("return F // 2, F // 2", "half of F on both sides, whatever the dilation"),
    ("return d * (F // 2), d * (F // 2)", "half of F on both sides, then multiplied by d"),
    (but(HALVES, "d * (F - 1)", "d * F"), "dF is split in two"),
    (but(HALVES, "d * (F - 1)", "d * (F - 1) + 1"), "the span is split in two"),
    (but(HALVES, "d * (F - 1)", "d * F - 1"), "dF − 1 is split in two: brackets are missing"),
    (but(HALVES, "total - total", "total"), SYMMETRIC + "rounded down"),
    ("return d * (F - 1) // 2, d * (F - 1) // 2", SYMMETRIC + "rounded down"),
    ("span = d * (F - 1) + 1\nreturn span // 2, span // 2", SYMMETRIC + "rounded up"),
    ("return (F - 1) // 2, (F - 1) // 2", SYMMETRIC + "and the dilation is ignored"),
    ("return int((F - 1) / 2), int((F - 1) / 2)", SYMMETRIC + "and the dilation is ignored"),
    (
        "return d * ((F - 1) // 2), d * ((F - 1) // 2)",
        SYMMETRIC + "undilated half times d",
    ),
    ("return d * (F - 1) / 2, d * (F - 1) / 2", "half zeros: / instead of //"),
    (
        "total = d * (F - 1)\nreturn round(total / 2), total - round(total / 2)",
        "the half is rounded with round",
    ),
    ("total = d * (F - 1)\nreturn total // 2, total // 2 + 1", "one more after, always"),
    (
        "before = d * (F - 1) // 2\nreturn (before, before) if F % 2 else (before, before + 1)",
        "one more after whenever F is even",
    ),
    (but(HALVES, "d * ", ""), "the dilation is ignored"),
    (
        but(HALVES, "total // 2, total - total // 2", "total - total // 2, total // 2"),
        "the extra zero goes before",
    ),
    ("return d * (F - 1), d * (F - 1)", "everything is put on each side"),
    ("return 0, d * (F - 1)", "everything goes after"),
    ("return d * (F - 1), 0", "everything goes before"),
    (
        "before = (F - 1) // 2\nreturn d * before, d * (F - 1 - before)",
        "splits the undilated padding, then dilates the halves",
    ),
    ("total = d * (F - 1)\nreturn np.floor(total / 2), np.ceil(total / 2)", FLOATS),
    ("return d * (F - 1)", None),
    ("return d * (F - 1) // 2", None),
    ("total = d * (F - 1)\nreturn {'before': total // 2, 'after': total - total // 2}", None),
    ("return F, F", None),
]
