"""Bundles the content folders games/ and models/ into a wheel; an editable install reads them in place."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTENT = ("games", "models")


class BundleContent(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            for name in CONTENT:
                build_data["force_include"][str(Path(self.root) / name)] = f"didim/_bundled/{name}"
