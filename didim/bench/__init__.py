"""Benchmarks: every figure didim promises, measured by a command and written to docs/measurements.md."""

from didim.bench._report import Curve, Figure, Report
from didim.bench._table import BENCHES, BenchError, run_bench

__all__ = ["BENCHES", "BenchError", "Curve", "Figure", "Report", "run_bench"]
