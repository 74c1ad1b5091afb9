"""docs/measurements.md: the newest result of every benchmark, as tables and plots.

The results lie beside it as JSON, one file a benchmark, so that renewing one keeps the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from didim.bench._report import Curve, Report

INTRODUCTION = """# Measurements

Every figure that didim is held to, measured by `didim bench --write`. Do not edit by hand.

Times are CPU times and medians. A figure beside a peer's was measured in the same run on the same pictures;
*peer* is MediaPipe's own pipeline unless the note says otherwise. Where a bound is not
reached yet, it says **no**.
"""


def write_document(reports: Sequence[Report], document: Path) -> None:
    """Renew `document` and, in the folder of its name, the results and plots of `reports`."""
    folder = document.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    for report in reports:
        fields = report.as_json()
        fields["plots"] = [
            {"title": curve.title, "file": _plot(curve, folder, report.bench)} for curve in report.curves
        ]
        text = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{report.bench}.json").write_text(text, "utf-8")
    results = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    document.write_text(
        "\n".join([INTRODUCTION, *(_section(result, folder.name) for result in results)]), "utf-8"
    )


def _section(result: dict[str, Any], folder: str) -> str:
    machine = ", ".join(f"{key} {value}" for key, value in result["machine"].items())
    rows = [_row(key, figure) for key, figure in result["figures"].items()]
    plots = [f"\n![{plot['title']}]({folder}/{plot['file']})" for plot in result["plots"]]
    head = "| figure | value | bound | peer | holds | note |\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join([f"## {result['bench']}\n\n{machine}\n\n{head}", *rows, *plots, ""])


def _row(key: str, figure: dict[str, Any]) -> str:
    value = f"{figure['value']:.4g} {figure['unit']}"
    sign = "≤" if figure["better"] == "lower" else "≥"
    bound = "" if figure["bound"] is None else f"{sign} {figure['bound']:g}"
    peer = f"{figure['peer']:.4g}" if "peer" in figure else ""
    holds = "" if figure["bound"] is None else ("yes" if figure["holds"] else "**no**")
    return f"| `{key}` | {value} | {bound} | {peer} | {holds} | {figure.get('note', '')} |"


def _plot(curve: Curve, folder: Path, bench: str) -> str:
    """Draw a curve as SVG and return the file's name."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = bench  # same data, same file
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.6), layout="constrained")
    for name, (x, y) in curve.series.items():
        axes.plot(x, y, label=name, linewidth=1.6, marker="o" if len(x) < 20 else None, markersize=4)
    axes.set(title=curve.title, xlabel=curve.x_label, ylabel=curve.y_label)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    if len(curve.series) > 1:
        axes.legend(frameon=False)
    name = f"{bench}-{re.sub(r'[^a-z0-9]+', '-', curve.title.lower()).strip('-')}.svg"
    figure.savefig(folder / name, metadata={"Date": None})
    pyplot.close(figure)
    return name
