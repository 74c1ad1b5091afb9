"""Which engine: by name, as a pair of networks, or the strongest there is."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from didim.pose._engine import ENGINES, PoseEngine, PoseError
from didim.pose._ground import Ground
from didim.pose._joined import MAX_PASSES, JoinedEngine
from didim.pose._net import CPU, PROVIDERS, Net
from didim.pose._seams import Detector, Landmarker
from didim.pose._search import LOOKS_HZ
from didim.pose._sweep import EVERY
from didim.pose._tiles import Tile
from didim.pose._whole_picture import WholePicture
from didim.pose.layouts import OneStage, as_detector, as_landmarker, as_whole
from didim.pose.supplied import SuppliedModel, supplied_models

AUTO, DEFAULT_ENGINE = "auto", "blazepose"
BUDGET_MS = 30.0  # of landmark passes in a picture, at 20 a second or fewer
MOST_PASSES = 8

DETECTORS = {"blazepose": "didim.pose.blazepose:open_detector"}
LANDMARKERS = {"blazepose": "didim.pose.blazepose:open_landmarker"}
"""Networks of didim's own for one half of an engine; those that a site supplied stand beside them."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """An engine, spelled out.

    Attributes:
        engine: a name of the table or of a supplied network that needs no other; None for a pair.
        detector, landmarks: the pair's; None for an engine by name.
        provider: what runs the networks.
    """

    engine: str | None
    detector: str | None
    landmarks: str | None
    provider: str = CPU

    def __str__(self) -> str:
        name = self.engine or f"{self.detector}+{self.landmarks}"
        return name if self.provider == CPU else f"{name}@{self.provider}"

    @property
    def models(self) -> tuple[str, ...]:
        """The models that it needs and that are fetched where they are missing."""
        named = {self.engine, self.detector, self.landmarks}
        return (DEFAULT_ENGINE,) if named & {DEFAULT_ENGINE, "mediapipe"} else ()


def choose_engine(spelled: str) -> EngineChoice:
    """Read an engine's name, `DETECTOR+LANDMARKS`, or `auto`; each may end in `@PROVIDER`.

    "auto" is the strongest whose networks are present: a supplied detector with a supplied landmark net, else
    a supplied one-stage network, else BlazePose. Of several networks of one kind the one of the higher rank
    counts, of equals the costlier one, as long as three people can be looked at in a picture.

    Raises:
        PoseError: there is no such engine, network or provider; the message lists those there are.
        ContentError: the description of a supplied network cannot be read.
    """
    name, _, provider = spelled.partition("@")
    provider = provider or CPU
    if provider not in PROVIDERS:
        raise PoseError(f"provider {provider!r} is not one of {', '.join(PROVIDERS)}")
    supplied = supplied_models()
    if name == AUTO:
        return _strongest(supplied, provider)
    detector, plus, landmarks = name.partition("+")
    if plus:
        return EngineChoice(
            None,
            _known("detector", detector, {*DETECTORS, *_of_role(supplied, "detector")}),
            _known("landmark net", landmarks, {*LANDMARKERS, *_of_role(supplied, "landmarks")}),
            provider,
        )
    alone = [each.name for each in supplied.values() if each.layout.role == "whole" or each.layout.alone]
    if name in supplied and name not in alone:
        other = {"detector": f"{name}+LANDMARKS", "landmarks": f"DETECTOR+{name}"}
        raise PoseError(
            f"{name!r} is one half of an engine ({supplied[name].layout.role}): write "
            f"{other[supplied[name].layout.role]}; `didim models list` names the other halves"
        )
    return EngineChoice(_known("pose engine", name, {AUTO, *ENGINES, *alone}), None, None, provider)


def open_engine(
    name: str = AUTO,
    *,
    max_people: int = 10,
    tiles: Sequence[Tile] = (),
    ground: Ground | None = None,
    looks_hz: float = LOOKS_HZ,
) -> PoseEngine:
    """Open an engine by what `choose_engine` reads.

    Args:
        max_people: how many are followed at most.
        tiles: where people may be, from `floor_tiles` for the size of the pictures to come. Without them
            newcomers are looked for in the picture as a whole, which misses who is small in it.
        ground: the floor, from `ground_of`: who cannot stand on it, a poster say, costs no more looks.
        looks_hz: the most searches for newcomers a second, where it is less than usual.

    Raises:
        PoseError: no such engine, or a network cannot be opened.
        WeightsError: a network is missing and cannot be had.
    """
    choice, supplied = choose_engine(name), supplied_models()
    if choice.engine in supplied:
        return _alone(supplied[choice.engine], choice.provider, max_people)
    if choice.engine is not None:
        module, _, attribute = ENGINES[choice.engine].partition(":")
        opened: PoseEngine = getattr(importlib.import_module(module), attribute)(
            max_people=max_people,
            tiles=tiles,
            looks_hz=looks_hz,
            provider=choice.provider,
            ground=ground,
        )
        return opened
    nets: list[Net] = []
    detector = _half(str(choice.detector), DETECTORS, supplied, choice.provider, nets)
    landmarker = _half(str(choice.landmarks), LANDMARKERS, supplied, choice.provider, nets)
    passes = _passes(supplied.get(str(choice.landmarks)))
    return JoinedEngine(
        detector,
        landmarker,
        max_people=max_people,
        tiles=tiles,
        max_passes=passes,
        looks_hz=looks_hz,
        ground=ground,
        nets=nets,
    )


def _half(
    name: str, own: dict[str, str], supplied: dict[str, SuppliedModel], provider: str, nets: list[Net]
) -> Any:
    if name in supplied:
        model = supplied[name]
        nets.append(model.open(provider))
        opened = as_detector if model.layout.role == "detector" else as_landmarker
        half: Detector | Landmarker = opened(model.manifest.layout, nets[-1])
        return half
    module, _, attribute = own[name].partition(":")
    return getattr(importlib.import_module(module), attribute)(nets, provider)


def _alone(model: SuppliedModel, provider: str, max_people: int) -> PoseEngine:
    net = model.open(provider)
    if model.layout.role == "whole":
        return OneStage(as_whole(model.manifest.layout, net), max_people, nets=[net])
    landmarker = as_landmarker(model.manifest.layout, net)
    return JoinedEngine(WholePicture(), landmarker, max_people=1, nets=[net])


def _strongest(supplied: dict[str, SuppliedModel], provider: str) -> EngineChoice:
    detector, landmarks, whole = (
        _best(supplied, role, most_ms)
        for role, most_ms in (
            ("detector", BUDGET_MS * EVERY),
            ("landmarks", BUDGET_MS / MAX_PASSES),
            ("whole", BUDGET_MS * 2),
        )
    )
    if detector and landmarks:
        return EngineChoice(None, detector, landmarks, provider)
    return EngineChoice(whole or DEFAULT_ENGINE, None, None, provider)


def _best(supplied: dict[str, SuppliedModel], role: str, most_ms: float) -> str | None:
    """The strongest network of a role; one that costs too much only where there is no other."""

    def strength(name: str) -> tuple[bool, int, float]:
        model = supplied[name]
        cost_ms = model.manifest.cost_ms
        affordable = cost_ms <= most_ms
        return affordable, model.layout.rank, cost_ms if affordable else -cost_ms

    return max(_of_role(supplied, role), key=strength, default=None)


def _passes(model: SuppliedModel | None) -> int:
    """Landmark passes that the budget of a picture allows."""
    if model is None:
        return MAX_PASSES
    return min(MOST_PASSES, max(1, int(BUDGET_MS / max(model.manifest.cost_ms, 0.1))))


def _of_role(supplied: dict[str, SuppliedModel], role: str) -> list[str]:
    return [name for name, model in supplied.items() if model.layout.role == role]


def _known(kind: str, name: str, known: set[str]) -> str:
    if name not in known:
        raise PoseError(f"{kind} {name!r} is not one of {', '.join(sorted(known))}")
    return name
