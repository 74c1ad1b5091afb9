"""Results in a few figures: totals, weeks, progress and leaderboards; pure, without a database."""

from didim.records.summary._leaders import Allowed, By, Place, leaderboard, may_lead
from didim.records.summary._sums import Sums, added, sums
from didim.records.summary._totals import Totals, age_of, totals, totals_of
from didim.records.summary._weeks import Week, by_week, mondays_within, progress, weeks

__all__ = [
    "Allowed",
    "By",
    "Place",
    "Sums",
    "Totals",
    "Week",
    "added",
    "age_of",
    "by_week",
    "leaderboard",
    "may_lead",
    "mondays_within",
    "progress",
    "sums",
    "totals",
    "totals_of",
    "weeks",
]
