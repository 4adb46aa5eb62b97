"""The build hook: a wheel or source archive has the third-party scripts of ``kg serve`` in it.

An editable install goes without: ``make assets`` brings them into the checkout once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Brings the scripts in before a distribution is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing, unless the install is editable."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root)))
        from scripts.assets import fetch, ready

        if ready():
            return
        try:
            fetch()
        except SystemExit as error:
            # Everything but the explorer and the editor works without; the server says what is missing
            self.app.display_warning(f"built without the scripts of kg serve: {error}")
