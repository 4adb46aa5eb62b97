"""Word files before 2007 (DOC): LibreOffice, where it is installed, makes DOCX of them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from kg.read.errors import ReadError

#: A start of LibreOffice takes five seconds, a long report ten.
SECONDS = 120


def to_docx(data: bytes, name: str, seconds: float = SECONDS) -> bytes:
    """The bytes of the DOCX that LibreOffice makes of a DOC.  ReadError if it is not installed or cannot."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(f"{name}: old Word files (DOC) need LibreOffice; install it, or save the file as DOCX.")
    with tempfile.TemporaryDirectory() as folder:
        # Of a profile in use LibreOffice makes nothing, without a word: each run gets its own
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        source = Path(folder) / "file.doc"
        source.write_bytes(data)
        command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=seconds, check=True)
            return source.with_suffix(".docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise ReadError(f"{name}: LibreOffice cannot convert it; open it in Word and save it as DOCX.") from error
