"""Every figure that a measure hangs on. docs/measures.md tells each with its source; a test compares them."""

from __future__ import annotations

YOUNGEST_YEARS = 6
"""Under it neither effort nor calories: youth METs and cadence thresholds begin here."""

GROWN_YEARS = 18
"""From here on effort is in the METs of adults; up to 17 in youth's own."""

YOUTH_MODERATE_MET, ADULT_MODERATE_MET, VIGOROUS_MET = 4.0, 3.0, 6.0
"""Where moderate and vigorous effort begin: in youth METs, in METs, in either."""

YOUTH_CADENCE = {7: (128.4, 157.7), 19: (87.3, 119.3)}
"""Steps a minute for moderate and vigorous effort at the middle of the youngest and the oldest age group
of CADENCE-Kids (6-8 and 18-20 years); between them read off a straight line."""

ADULT_CADENCE = (100.0, 130.0)
"""The same from 21 years on (CADENCE-Adults)."""

ADULT_CADENCE_YEARS = 21

ACTIVE_STEPS_MIN = 20.0
"""From so many steps a minute on somebody moves about; below it is incidental movement."""

ACTIVE_M_S = 0.3
"""The same by speed, for who glides where no step is felt."""

MODERATE_M_S, VIGOROUS_M_S = 1.34, 2.24
"""Speeds that are at least moderate (80 m/min, a brisk walk) and vigorous (134 m/min, a run)."""

STILL_MET, LIGHT_MET, MOST_MET = 1.0, 1.5, 8.0
"""What standing counts as, where light effort begins, and the most that cadence can tell."""

EPOCH_S = 5.0
"""Effort is told for so long a piece of time at once: children's bouts last seconds."""

LONGEST_STEP_S = 3.0
"""Feet put down further apart than this are not a walk."""

LONE_STEP_S = 1.0
"""How long a step without a neighbour takes."""

LATE_S = 2.0
"""An event is told so long after it happened, at most."""

LANDING_S = 0.15
"""Feet put down within this of a landing are the jump's, no steps."""

GAP_S = 0.3
"""Pictures of a person further apart than this leave a gap that was not seen."""

RULER_M = 0.12
"""The way is walked along with a ruler of this length, so that swaying is no distance."""

LEAST_TRACKED = 0.6
"""Seen for less of the time than this, nobody's steps, jumps, distance and effort are told."""

LEAST_PRESENT_S = 5.0
"""Nor of who was there for less than this."""

LEAST_SCORE = 0.3
"""An event less sure than this is not counted."""

SOONEST_S, LATEST_S = 0.1, 2.0
"""A foot that lifts sooner after the light did not answer it, and later neither."""

STILL_BEFORE_S = 0.3
"""A reaction is timed only from standing: no foot lifted or landed for so long before the light."""

LEAST_REACTIONS = 3
"""Of fewer than this no median is told."""

SCHOFIELD = {
    ("male", 3): (22.706, 504.3),
    ("male", 10): (17.686, 658.2),
    ("female", 3): (20.315, 485.9),
    ("female", 10): (13.384, 692.6),
}
"""Basal metabolism, kcal a day = a x body mass in kg + b, for 3 to 9 and 10 to 17 years (Schofield 1985)."""
