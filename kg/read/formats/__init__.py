"""Formats other than plain text: one file each, bytes → linear text (:class:`kg.read.formats.linear.Linear`).

A format is told by a file's content, for suffixes lie.  The libraries that read them are extras of the package.
"""

from __future__ import annotations

import io
import re
from importlib.util import find_spec

from kg.read.errors import ReadError
from kg.read.formats import archive
from kg.read.formats.linear import Linear

#: What a file of a format begins with; text begins with anything else.
_PDF, _ZIP, _OLE, _RTF = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
#: An empty zip archive, and one cut into volumes.
_OTHER_ZIP = (b"PK\x05\x06", b"PK\x07\x08")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PACKED = (b"Rar!", b"7z\xbc\xaf'\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[a-z!?]", re.IGNORECASE)
#: The library that reads a format, and the extra that brings it.
_LIBRARIES = {"pdf": "pdfplumber", "docx": "docx", "html": "lxml"}
_NAMES = {"pdf": "PDF", "docx": "Word", "html": "HTML"}


def sniff(data: bytes, name: str) -> str | None:
    """The format of a file by its content: pdf, docx, doc, html, or None for plain text.

    ReadError for what is known not to be a document: archives, pictures, spreadsheets.
    """
    head = data[:1024]
    if head.startswith(_ZIP):
        return _office(data, name)
    if _PDF in head:
        return "pdf"
    if head.startswith(_OLE):
        return _compound(data, name)
    if head.startswith(_RTF):
        raise ReadError(f"{name}: RTF is not read; open it in a word processor and save it as DOCX.")
    if head.startswith(_PICTURES) and b"\x00" in head:
        raise ReadError(f"{name}: this is a picture; recognise its text with an OCR program first.")
    if head.startswith((*_PACKED, *_OTHER_ZIP)):
        raise ReadError(f"{name}: this is an archive that is empty or not zip; unpack it and give the folder.")
    named = name.lower().endswith((".html", ".htm", ".shtml", ".xhtml"))
    if _HTML.match(head) or (named and (_FRAGMENT.match(head) or head.startswith((b"\xff\xfe", b"\xfe\xff")))):
        return "html"
    return None


def _office(data: bytes, name: str) -> str:
    """What a zip archive is: a Word file, or something to be refused."""
    with archive.opened(io.BytesIO(data), name) as package:
        members = set(package.namelist())
    if "word/document.xml" in members:
        return "docx"
    if "[Content_Types].xml" in members or "mimetype" in members:
        raise ReadError(f"{name}: of office files only Word's (DOCX) are read; save it as DOCX or PDF.")
    raise ReadError(f"{name}: this is a zip archive without gazettes in it, or inside too many others; unpack it.")


def _compound(data: bytes, name: str) -> str:
    """What an OLE compound file is; the names of its streams are written in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(f"{name}: the Word file is protected by a password; save it without one.")
    if "WordDocument".encode("utf-16-le") not in data:
        raise ReadError(f"{name}: of old office files only Word's (DOC) are read; save it as DOCX or PDF.")
    return "doc"


def linear(data: bytes, name: str, kind: str) -> Linear:
    """The linear text of a file of a format that :func:`sniff` told.  ReadError names what is wrong and the mend."""
    if kind == "doc":
        from kg.read.formats import doc

        data, kind = doc.to_docx(data, name), "docx"
    _require(kind, name)
    if kind == "pdf":
        from kg.read.formats import bounded

        return bounded.read_pdf(data, name)
    if kind == "docx":
        from kg.read.formats import docx

        return docx.read(data, name)
    from kg.read.formats import webpage

    return webpage.read(data, name)


def _require(kind: str, name: str) -> None:
    if find_spec(_LIBRARIES[kind]) is None:
        raise ReadError(f"{name}: {_NAMES[kind]} files need the extra “{kind}”; pip install 'policy-kg[{kind}]'.")
