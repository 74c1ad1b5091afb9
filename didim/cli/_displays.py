"""`didim displays`: which display is which."""

from __future__ import annotations

from typing import Annotated

import typer


def displays(
    seconds: Annotated[
        float, typer.Option(min=0.5, max=60.0, help="How long each display shows its number.")
    ] = 4.0,
) -> None:
    """Show each display its number, large and in a color of its own, one after the other.

    The number is what `display` of a projector in rig.toml takes. Esc ends it.
    """
    from didim.cli.displays import show_each

    show_each(seconds)
