"""Results in a few figures: totals, weeks, progress and leaderboards; pure, without a database."""

from didim.records.summary._leaders import Allowed, By, Place, leaderboard, may_lead
from didim.records.summary._totals import Totals, age_of, totals
from didim.records.summary._weeks import Week, progress, weeks

__all__ = [
    "Allowed",
    "By",
    "Place",
    "Totals",
    "Week",
    "age_of",
    "leaderboard",
    "may_lead",
    "progress",
    "totals",
    "weeks",
]
