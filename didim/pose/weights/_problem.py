"""The error of this package."""

from didim.problem import Problem


class WeightsError(Problem):
    """A net cannot be had or used; the message says what was expected, what was got and what to do."""

    exit_code = 5
