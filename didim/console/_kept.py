"""What the book says no with, in the words of the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from didim.console._problems import Conflict, NotFound, Unavailable
from didim.records import ConsentMissing, DiskFull, NoSuchEntry


@contextmanager
def kept(missing: str) -> Iterator[None]:
    """Around a call of the book.

    Raises:
        NotFound: with the key `missing`, where there is no such entry.
        Conflict: a consent has to be recorded first, or the site keeps no names.
        Unavailable: the disk is full.
    """
    try:
        yield
    except NoSuchEntry:
        raise NotFound(missing) from None
    except ConsentMissing as problem:
        key = "names_off" if "no real names" in str(problem) else "consent_first"
        raise Conflict(key) from problem
    except DiskFull:
        raise Unavailable("records_full") from None
