"""The third-party scripts and styles: brought in when the wheel is made, or by ``make assets`` in a checkout."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
VENDOR = STATIC / "vendor"
#: The files that the pages use; ``scripts/assets.py`` says where they come from.
FILES = ("vis-network.min.js", "yasgui.min.js", "yasgui.min.css")
#: What to do where they are missing, in one sentence.
MISSING = "make assets"


def ready() -> bool:
    """Whether all files are there."""
    return all((VENDOR / name).is_file() for name in FILES)
