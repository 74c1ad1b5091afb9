"""`didim bench`: measure what didim promises."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from didim.bench import BENCHES, BenchError, Report, run_bench
from didim.cli._console import errors, print_json, results

DOCUMENT = Path("docs/measurements.md")


def bench(
    name: Annotated[
        str | None,
        typer.Argument(
            help=f"One of: {', '.join(BENCHES)}; calibration:PART for a part. Without it: all of them."
        ),
    ] = None,
    data: Annotated[
        Path, typer.Option(envvar="DIDIM_DATA", help="The folder of recordings (it holds MANIFEST.json).")
    ] = Path("../shared/data"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a benchmark.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help=f"Renew {DOCUMENT} and its plots with the results.")
    ] = False,
) -> None:
    """Measure speed and accuracy on this computer, each figure against its bound.

    Figures compared with other software carry that software's value from the same run. Times are CPU times
    and medians: a busy computer shifts them little. Exits with 1 when a bound does not hold.
    """
    if write and name is not None and ":" in name:
        raise BenchError(f"--write takes whole benchmarks; {name} is a part of one")
    reports = []
    for each in [name] if name else list(BENCHES):
        errors.print(f"measuring {each} …")
        reports.append(run_bench(each, data=data))
        if as_json:
            print_json(reports[-1].as_json())
        else:
            _print(reports[-1])
    if write:
        from didim.bench.document import write_document

        write_document(reports, DOCUMENT)
        errors.print(f"wrote {DOCUMENT}")
    if not all(figure.holds for report in reports for figure in report.figures.values()):
        raise typer.Exit(1)


def _print(report: Report) -> None:
    columns = ("figure", "value", "unit", "bound", "peer", "holds")
    table = Table(*columns, title=report.bench, title_justify="left")
    for key, figure in report.figures.items():
        sign = "≤" if figure.better == "lower" else "≥"
        bound = "" if figure.bound is None else f"{sign} {figure.bound:g}"
        peer = "" if figure.peer is None else f"{figure.peer:.4g}"
        holds = "" if figure.bound is None else ("[green]yes[/]" if figure.holds else "[bold red]no[/]")
        table.add_row(key, f"{figure.value:.4g}", figure.unit, bound, peer, holds)
    results.print(table)
