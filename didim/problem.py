"""The one error family that reaches a user, and what is said of an error that nobody foresaw."""

from __future__ import annotations

import os
import traceback


class Problem(Exception):
    """Something a person can mend: what was expected, what was got, and what to do next.

    Every room's own error derives from it; the command line prints the message without a traceback and
    exits with `exit_code`.
    """

    exit_code = 1


def fault(error: Exception) -> str:
    """An error nobody foresaw, in a line with its place; whole where DIDIM_DEBUG is set."""
    if os.environ.get("DIDIM_DEBUG"):
        return "".join(traceback.format_exception(error))
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({place.filename}:{place.lineno}; DIDIM_DEBUG=1 tells more)"
