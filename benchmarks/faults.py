"""The faults of machines and hands that are tried, and how builds come through them.

    python -m benchmarks.faults [--write]

Runs the tests that kill builds, fill disks, cut copies off and the like, and prints for each what it says, how many
cases it has, and how many came through with nothing lost.  ``--write`` puts the table into docs/measured.md.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter

from benchmarks.measured import show, table

TESTS = ("tests/test_faults.py", "tests/test_build.py")
#: Of the tests of builds, those of crashes and bad input.
_FAULTS = "faults or killed or refused or bad or full_disk or missing or copy or fails or cannot"
_LINE = re.compile(r"^tests/\S+?::test_(\w+)(?:\[.*?\])? (PASSED|FAILED|ERROR|SKIPPED)", re.MULTILINE)


def main() -> None:
    """Run the tests and print the table; exit code 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured.md")
    options = parser.parse_args()
    command = [sys.executable, "-m", "pytest", "-v", "--no-header", "-p", "no:randomly", "-k", _FAULTS, *TESTS]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    tried, passed = Counter[str](), Counter[str]()
    for name, outcome in _LINE.findall(said):
        tried[name] += 1
        passed[name] += outcome == "PASSED"
    rows = [(name.replace("_", " "), tried[name], passed[name]) for name in tried]
    lines = [
        f"{tried.total()} cases of {len(tried)} faults; in {passed.total()} nothing was lost.",
        "",
        *table(("fault", "cases", "nothing lost"), rows),
    ]
    show("Faults that were tried", "python -m benchmarks.faults --write", lines, options.write)
    sys.exit(0 if tried and passed == tried else 1)


if __name__ == "__main__":
    main()
