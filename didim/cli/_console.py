"""The two consoles: results on stdout, everything else on stderr; progress bars on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

results = Console()
errors = Console(stderr=True, soft_wrap=True, highlight=False)


class Reporter(Protocol):
    """What a long step calls to say how far it is."""

    def __call__(self, message: str, fraction: float | None = None) -> None: ...


def print_json(value: Any) -> None:
    """Print one JSON document, for a machine, without colours or wrapping."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress(title: str) -> Iterator[Reporter]:
    """A progress bar on stderr that appears at the first word and goes when the step is done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as bars:
        task = bars.add_task(title, total=None, visible=False)

        def report(message: str, fraction: float | None = None) -> None:
            total = None if fraction is None else 1.0
            bars.update(task, description=message, completed=fraction or 0.0, total=total, visible=True)

        yield report
