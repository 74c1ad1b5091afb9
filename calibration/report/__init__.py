"""One page that says what a calibration is worth: as HTML and as PDF."""

from calibration.report._write import ReportFiles, write_report

__all__ = ["ReportFiles", "write_report"]
