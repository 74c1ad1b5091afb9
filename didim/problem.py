"""The one error family that reaches a user."""


class Problem(Exception):
    """Something a person can mend: what was expected, what was got, and what to do next.

    Every room's own error derives from it; the command line prints the message without a traceback and
    exits with `exit_code`.
    """

    exit_code = 1
