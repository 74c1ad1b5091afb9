"""The report of a calibration: one page, as HTML and as PDF."""

from calibration.report._page import views_of
from calibration.report._write import ReportFiles, write_report

__all__ = ["ReportFiles", "views_of", "write_report"]
