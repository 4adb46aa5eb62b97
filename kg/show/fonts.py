"""The Chinese font that comes along (Noto Sans SC, SIL Open Font License): the same letters on every machine.

It is part of the extra ``policy-kg[notebooks]``: charts need it, pages carry the part of it that they use.
"""

from __future__ import annotations

import base64
import io
from functools import cache

#: Below are the letters that every machine has
_FIRST = 0x2000


@cache
def _installed() -> bool:
    try:
        import fontTools.subset  # noqa: F401
        import pylopdf_fonts_zh_cn  # noqa: F401
    except ImportError:
        return False
    return True


def face(words: str, name: str) -> str:
    """A CSS rule that brings a font with the letters of some words, as data; nothing where the extra is not installed.

    A page of a thousand different characters grows by a quarter of a megabyte, a hundredth of the whole font.

    >>> face("责任网络", "Chinese")[:10]
    '@font-face'
    """
    letters = "".join(sorted({letter for letter in words if ord(letter) >= _FIRST}))
    if not letters or not _installed():
        return ""
    from fontTools import subset
    from pylopdf_fonts_zh_cn import sans_path

    options = subset.Options(
        flavor="woff", hinting=False, layout_features=[], name_IDs=[], drop_tables=["BASE", "GPOS", "GSUB", "VORG"]
    )
    font = subset.load_font(str(sans_path()), options)
    chosen = subset.Subsetter(options)
    chosen.populate(text=letters)
    chosen.subset(font)
    # the same words give the same bytes
    font["head"].modified = font["head"].created
    file = io.BytesIO()
    subset.save_font(font, file, options)
    data = base64.b64encode(file.getvalue()).decode()
    return f'@font-face {{ font-family: "{name}"; src: url(data:font/woff;base64,{data}) format("woff"); }}'
