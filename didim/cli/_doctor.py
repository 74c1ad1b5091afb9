"""`didim doctor`: what is here, and what is wrong with it."""

from __future__ import annotations

from typing import Annotated, Literal

import typer
from rich.table import Table

from didim.cli._console import print_json, results

SIGNS = {"ok": "[green]ok[/]", "warning": "[yellow]look[/]", "problem": "[bold red]mend[/]"}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    language: Annotated[Literal["ko", "en"], typer.Option(help="What the findings are written in.")] = "en",
) -> None:
    """Look at the cameras, displays, graphics, sound, networks, clock and disk of this computer.

    Says in a sentence each what is there and, where something is wrong, what mends it.
    Exits with 1 when something has to be mended before a game can run, else with 0.
    """
    from didim.cli.doctor import as_fields, diagnose

    findings = diagnose()
    if as_json:
        print_json([as_fields(finding, language) for finding in findings])
    else:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for finding in findings:
            mends = finding.remedy(language)
            remedy = f"\n[dim]→ {mends}[/]" if mends else ""
            table.add_row(SIGNS[finding.status], finding.subject, finding.sentence(language) + remedy)
        results.print(table)
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(1)
