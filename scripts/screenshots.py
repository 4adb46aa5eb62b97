"""Pictures of the pages for the READMEs: the sample served, seen by an installed Chromium.

python -m scripts.screenshots
"""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from kg.build import build
from scripts.accuracy import REPOSITORY, SAMPLE

IMAGES = REPOSITORY / "docs" / "images"


def agency(page: Page) -> None:
    """The page of the agency with most facts."""
    page.goto("/list/agency")
    page.locator("tbody tr td a").first.click()


def text(page: Page) -> None:
    """The text of the document with most facts, from its first target on."""
    page.goto("/facts/targets")
    page.locator("td.c-source a").first.click()


def explorer(page: Page) -> None:
    """The plan with most facts in the explorer."""
    page.goto("/list/plan")
    page.locator("tbody tr td a").first.click()
    page.locator("main a[href^='/explore']").click()
    page.wait_for_selector("#network[data-nodes]")


SHOWN = {"agency": agency, "text": text, "explorer": explorer}


@contextmanager
def served(graph: Path) -> Iterator[str]:
    """The address of a server over a graph."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "kg", "serve", str(graph), "--port", str(port)])
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if process.poll() is not None:
                raise SystemExit("the server did not start.")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def save(picture: bytes, path: Path) -> None:
    """Write a picture in 64 colours: pages have few, and the file is a third of its size."""
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(64).save(path, optimize=True)


def main() -> None:
    """Take the pictures, in both languages."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("there is no Chromium to take pictures with; on Debian and Ubuntu: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        build([SAMPLE], Path(folder) / "sample.kg")
        with served(Path(folder) / "sample.kg") as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for language in ("zh", "en"):
                context = browser.new_context(
                    base_url=address,
                    viewport={"width": 1280, "height": 720},
                    extra_http_headers={"Accept-Language": language},
                )
                for name, go in SHOWN.items():
                    page = context.new_page()
                    go(page)
                    page.wait_for_timeout(1000)
                    save(page.screenshot(), IMAGES / f"{name}.{language}.png")
                    print(IMAGES / f"{name}.{language}.png")
            browser.close()


if __name__ == "__main__":
    main()
