"""What can go wrong on the way to the light."""

from didim.problem import Problem


class ProjectError(Problem):
    """No picture can be made, shown or written; the message says what is missing and what to do."""

    exit_code = 7


class DisplayLost(ProjectError):
    """The display went while its window was open; open another window once it is back."""
