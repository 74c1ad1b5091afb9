"""The `didim` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; a `Problem` becomes its sentence on stderr and its exit code.

    Everything is imported here and not above: a process that the supervisor starts imports this package
    too, and has no use for the command line.
    """
    try:
        from didim.cli._app import run
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    run()
