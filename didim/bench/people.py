"""People on the floor: who is found, how many, at what cost, beside mediapipe on the same pictures."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from didim.bench._bright import light_figures
from didim.bench._close import Close
from didim.bench._films import Film
from didim.bench._followed import MOST_PEOPLE, followed
from didim.bench._footage import SIZE_PX, Actor, Row, actors
from didim.bench._found import Shown, Tally
from didim.bench._halls import (
    COUNTED,
    HEIGHTS_PX,
    SETTLED,
    empty_films,
    latency_film,
    people_films,
)
from didim.bench._report import Curve, Figure, Report
from didim.bench._table import BenchError
from didim.bench.engines import engine_names
from didim.geometry import Surface
from didim.pose import Ground, PoseEngine, Tile, floor_tiles, ground_of, open_engine

Picture = NDArray[np.uint8]
Scene = tuple[Sequence[Tile], Ground | None, Iterable[tuple[Picture, list[Shown]]]]

OURS, PEER = "blazepose", "mediapipe"
FOUND_LEAST = {120: 0.85, 160: 0.92, 240: 0.96, 300: 0.97}
FOUND_LEAST_SUPPLIED = 0.97
COST_MOST, COST_PX = {1: 0.8, 4: 0.6, 8: 0.45}, 300
LATENCY_P95_MS, GROWTH_MOST = 60.0, 1.2
PICTURE_NS = 33_333_333

_LOG = logging.getLogger(__name__)


def run(data: Path, part: str | None = None) -> Report:
    """Measure on virtual halls, which are drawn once and kept in the user's cache, and on recordings.

    Args:
        part: "120", "160", "240" or "300", who is found at that height and, at the last, at what cost;
            "latency", "empty" or "light". All of them where None.

    Raises:
        BenchError: the recordings are not under `data`, or there is no such part.
    """
    heights_px = HEIGHTS_PX if part is None else tuple(each for each in HEIGHTS_PX if str(each) == part)
    figures: dict[str, Figure] = {}
    curves: tuple[Curve, ...] = ()
    if heights_px:
        costs: dict[int, dict[str, Run]] = {}
        cast = actors(data)
        found = {height_px: _found(height_px, cast, costs) for height_px in heights_px}
        figures |= _found_figures(found)
        if costs:
            close = {count: _costs(cast, count) for count in costs}
            figures |= _cost_figures(close, "") | _cost_figures(costs, "_venue")
        curves = (_curve(found),) if len(found) > 1 else ()
    others = {"latency": _latency, "empty": _empty, "light": light_figures}
    for name, measure in others.items():
        if part in (None, name):
            figures |= measure()
    if not figures:
        parts = [*(str(each) for each in HEIGHTS_PX), *others]
        raise BenchError(f"benchmark 'people' has no part {part!r}; it has {', '.join(parts)}")
    return Report("people" if part is None else f"people-{part}", figures, curves)


@dataclass(slots=True)
class Run:
    """One engine on the pictures of one scene.

    Attributes:
        tally: from when it is settled. cpu_ms: of each of those pictures.
    """

    tally: Tally = field(default_factory=Tally)
    cpu_ms: list[float] = field(default_factory=list)


def _found(
    height_px: int, cast: Sequence[Actor], costs: dict[int, dict[str, Run]]
) -> dict[str, dict[str, Tally]]:
    """By engine and by what is shown ("venue", "footage").

    At the height at which every engine finds somebody they are told how many there are, so that none of them
    goes on looking for more; what each spends there is added to `costs`, by how many people there are.
    """
    names = [OURS, PEER, *(name for name in engine_names() if name not in (OURS, PEER))]
    tallies = {name: {"venue": Tally(), "footage": Tally()} for name in names}
    for film in people_films()[height_px]:
        told = len(film.heights_m) if height_px == COST_PX else MOST_PEOPLE
        runs = watch(names, _film_scene(film), told)
        _add(runs, tallies, "venue")
        if height_px == COST_PX:
            costs[told] = runs
    row = Row.of(cast, height_px)
    tiles = floor_tiles(None, Surface("floor", 1.0, 1.0), SIZE_PX)
    _add(watch(names, (tiles, None, row.film(SETTLED + COUNTED)), MOST_PEOPLE), tallies, "footage")
    return tallies


def _costs(cast: Sequence[Actor], count: int) -> dict[str, Run]:
    """What so many people cost where they are large, so that both engines follow the most they can."""
    close = Close(cast, count)
    tiles = floor_tiles(None, Surface("floor", 1.0, 1.0), close.size_px)
    return watch((OURS, PEER), (tiles, None, close.film(SETTLED + COUNTED)), count)


def _add(runs: dict[str, Run], tallies: dict[str, dict[str, Tally]], where: str) -> None:
    for name, run in runs.items():
        tallies[name][where].join(run.tally)


def _film_scene(film: Film) -> Scene:
    tiles = floor_tiles(film.view, film.surface, film.size_px)
    shown = (film.shown(truth) for truth in film.truth())
    return tiles, ground_of(film.view, film.surface), zip(film.read(_LOG.info), shown, strict=True)


def watch(names: Sequence[str], scene: Scene, most_people: int) -> dict[str, Run]:
    """Show each picture to every engine; the first `SETTLED` pictures don't count."""
    tiles, ground, film = scene
    runs = {name: Run() for name in names}
    with ExitStack() as stack:
        engines: dict[str, PoseEngine] = {
            name: stack.enter_context(
                closing(open_engine(name, max_people=most_people, tiles=tiles, ground=ground))
            )
            for name in names
        }
        for number, (picture, people) in enumerate(film):
            for name, engine in engines.items():
                start = time.process_time()
                bodies = engine.find(picture, number * PICTURE_NS)
                spent_ms = (time.process_time() - start) * 1e3
                if number >= SETTLED:
                    runs[name].tally.add(people, bodies)
                    runs[name].cpu_ms.append(spent_ms)
    return runs


def _found_figures(found: dict[int, dict[str, dict[str, Tally]]]) -> dict[str, Figure]:
    figures = {}
    for height_px, tallies in found.items():
        for name, parts in tallies.items():
            if name == PEER:
                continue
            both = _joined(parts)
            ours = name == OURS
            note = (
                f"{both.there} people a median {np.median(both.heights_px):.0f} px tall in 1280x720; "
                f"venue {parts['venue'].share:.3f}, footage {parts['footage'].share:.3f}"
                + ("; in the venue each engine is told how many" if height_px == COST_PX else "")
            )
            figures[f"found_{height_px}px" + ("" if ours else f"_{name}")] = Figure(
                both.share,
                "share",
                "higher",
                FOUND_LEAST[height_px] if ours else FOUND_LEAST_SUPPLIED,
                peer=_joined(tallies[PEER]).share,
                note=note,
            )
    return figures


def _joined(parts: dict[str, Tally]) -> Tally:
    both = Tally()
    for part in parts.values():
        both.join(part)
    return both


def _cost_figures(costs: dict[int, dict[str, Run]], where: str) -> dict[str, Figure]:
    place = "in the venue" if where else "people of the recordings, seen close"
    figures = {}
    for count, runs in costs.items():
        ours, peer = (float(np.mean(runs[name].cpu_ms)) for name in (OURS, PEER))
        bodies = [runs[name].tally.bodies / max(1, len(runs[name].cpu_ms)) for name in (OURS, PEER)]
        followed = f"{place}; bodies a picture: {bodies[0]:.1f}, mediapipe {bodies[1]:.1f}"
        figures[f"cpu_ms_{count}{where}"] = Figure(
            ours, "ms", "lower", peer=peer, note=f"CPU time a picture, {place}"
        )
        figures[f"cpu_ratio_{count}{where}"] = Figure(
            ours / peer, "x mediapipe", "lower", COST_MOST[count], note=followed
        )
    return figures


def _latency() -> dict[str, Figure]:
    """CPU time from a picture in hand to its players, which is the latency where a core is free."""
    spent = {count: np.array(_to_players(latency_film(count))) for count in (4, 8)}
    p95 = {count: float(np.percentile(ms, 95)) for count, ms in spent.items()}
    growth = float(spent[8].mean() / spent[4].mean())
    note = "picture in hand to players, one thread, CPU time; 640x480 at 30 a second"
    return {
        "to_player_p95_ms_4": Figure(p95[4], "ms", "lower", LATENCY_P95_MS, note=note),
        "to_player_p95_ms_8": Figure(p95[8], "ms", "lower", note=note),
        "to_player_growth_8": Figure(growth, "x four people", "lower", GROWTH_MOST, note="mean of the same"),
    }


def _to_players(film: Film) -> list[float]:
    return [moment.spent_ms for moment in followed(film, _LOG.info)][SETTLED:]


def _empty() -> dict[str, Figure]:
    """Players believed in rooms with nobody in them and a game on the floor."""
    ids, seconds = 0, 0.0
    for film in empty_films():
        ids += len({player.id for moment in followed(film, _LOG.info) for player in moment.players})
        seconds += film.pictures / film.fps
    return {
        "false_people_per_hour": Figure(
            3600.0 * ids / seconds,
            "1/h",
            "lower",
            0.0,
            note=f"{ids} players in {seconds:.0f} s of empty rooms under a changing projection",
        )
    }


def _curve(found: dict[int, dict[str, dict[str, Tally]]]) -> Curve:
    heights = [float(height_px) for height_px in found]
    names = list(next(iter(found.values())))
    series = {name: (heights, [_joined(tallies[name]).share for tallies in found.values()]) for name in names}
    series["to reach"] = (heights, [FOUND_LEAST[height_px] for height_px in found])
    return Curve("People found by how tall they are", "height in the picture, px", "share found", series)
