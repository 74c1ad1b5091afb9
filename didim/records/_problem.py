"""What can go wrong with the records."""

from __future__ import annotations

from didim.problem import Problem


class RecordsError(Problem):
    """The records cannot be read or written; the message says what to do."""

    exit_code = 10


class DiskFull(RecordsError):
    """Nothing more fits on the disk. What was written stays; nothing new is begun until there is room."""


class NoSuchEntry(RecordsError):
    """There is no entry of that number: it was erased, or never was."""


class ConsentMissing(RecordsError):
    """What was to be kept of a person needs a recorded consent first."""
