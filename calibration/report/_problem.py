"""The report's own error."""

from __future__ import annotations

from didim.problem import Problem


class ReportError(Problem):
    """The report cannot be written."""
