"""Run the notebooks on the sample and keep them as they ran.

    python -m scripts.notebooks [NUMBER …]

What they make beside their outputs goes into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

import kg

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
SAMPLE = Path(kg.__file__).parent / "data" / "sample"


def main() -> None:
    """Run all notebooks, or those of the numbers given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("numbers", nargs="*", help="the first letters of file names; all where none is given")
    wanted = tuple(parser.parse_args().numbers) or ("",)
    with tempfile.TemporaryDirectory() as folder:
        kg.build_graph([SAMPLE], Path(folder) / "sample.kg")
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            if path.name.startswith(wanted):
                run(path, folder)
                print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def run(path: Path, folder: str) -> None:
    """Run one notebook in a folder and write it back with its outputs, without the times at which its cells ran."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": folder}}, record_timing=False).execute()
    notebook.metadata["language_info"] = {"name": "python"}
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
