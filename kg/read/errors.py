"""What reading refuses."""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read as a gazette or document: one sentence for the user, naming the file and the mend."""
