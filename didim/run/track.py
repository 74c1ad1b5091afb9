"""A recording from start to end, every picture, as fast as the machine goes: what `didim track` runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from didim.capture import CameraFrame, open_camera
from didim.people import Event, Joint, JointPlace, Player
from didim.pose import Skeleton
from didim.rig import Rig, RigError, why_unfollowed
from didim.run.sources import Finder
from didim.run.timing import Timings
from didim.track import FloorTracker


@dataclass(frozen=True, slots=True)
class TrackedPicture:
    """One picture, who is in it, and where they are on the surface.

    Attributes:
        notes: what the engine does otherwise than it was asked.
    """

    frame: CameraFrame
    t_s: float
    skeletons: tuple[Skeleton, ...]
    players: tuple[Player, ...]
    notes: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """One line of the output of `didim track --json`; docs/how-it-works.md describes it."""
        return {
            "seq": self.frame.seq,
            "t_s": round(self.t_s, 4),
            "players": [_player_json(player) for player in self.players],
            "events": [_event_json(event) for event in self.events],
        }


def track(
    source: dict[str, Any], rig: Rig, camera: str | None, engine: str, timings: Timings
) -> Iterator[TrackedPicture]:
    """Follow everyone through a recording, without prediction: places are those at the picture's own time.

    Raises:
        CameraError, PoseError: the recording or the engine cannot be used.
        RigError: too little is known of a wall for people before it to be followed.
    """
    placed = rig.camera(camera)
    if why := why_unfollowed(placed.view, rig.surfaces[placed.surface]):
        raise RigError(why)
    finder = Finder(engine, rig, placed, timings)
    tracker, first_ns = None, 0
    with closing(finder), closing(open_camera(**source)) as pictures:
        while (frame := pictures.read(timeout_s=5.0)) is not None:
            sighting = finder.find(frame)
            if tracker is None:
                view, surface = placed.view_at(sighting.size_px), rig.surfaces[placed.surface]
                tracker = FloorTracker(view, surface, plays=placed.plays)
                first_ns = frame.captured_ns
            with timings.of("track"):
                players = tracker.follow(sighting.skeletons, frame.captured_ns, frame.bgr)
            t_s = (frame.captured_ns - first_ns) / 1e9
            events = tuple(replace(event, t_s=event.t_s - first_ns / 1e9) for event in tracker.events)
            yield TrackedPicture(frame, t_s, sighting.skeletons, players, finder.notes, events)


def _player_json(player: Player) -> dict[str, Any]:
    feet = {"left": player.left, "right": player.right}
    return {
        "id": player.id,
        "feet_m": _rounded(player.feet),
        "velocity_m_s": _rounded(player.velocity_m_s),
        "steps": player.steps,
        "plays": player.plays,
        "heading_rad": round(player.heading_rad, 4),
        **{
            side: {
                "place_m": _rounded(foot.place),
                "heading_rad": round(foot.heading_rad, 4),
                "down": foot.down,
                "score": round(foot.score, 3),
            }
            for side, foot in feet.items()
        },
        "joints": {joint.name.lower(): _place_json(player.joint(joint)) for joint in Joint},
    }


def _event_json(event: Event) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "id": event.player_id,
        "t_s": round(event.t_s, 4),
        "place_m": _rounded(event.place),
        "side": event.side,
        "lasted_s": round(event.lasted_s, 4),
        "size_m": round(event.size_m, 4),
        "size_sd_m": round(event.size_sd_m, 4),
        "heading_rad": round(event.heading_rad, 4),
        "score": round(event.score, 3),
    }


def _place_json(place: JointPlace) -> dict[str, Any]:
    return {"m": _rounded(place[:3]), "score": round(place.score, 3)}


def _rounded(values: tuple[float, ...]) -> list[float]:
    return [round(value, 4) for value in values]
