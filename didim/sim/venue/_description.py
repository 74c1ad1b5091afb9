"""What a venue is made of: room, light, cameras, projectors and people, as its TOML file says.

Room frame: x to the right and y away from the front wall, z up from the floor, metres.
Colours are sRGB, 0 to 1; light is in lux and lumen.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Pair = tuple[float, float]
Triple = tuple[float, float, float]
Distortion = tuple[float, float, float, float, float]
Material = Literal["wood", "carpet", "tiles", "plain"]
WallName = Literal["back", "left", "right", "front"]

_WHITE: Triple = (1.0, 1.0, 1.0)


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; no unknown key passes."""


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} must lie between {low} and {high}, got {value}")


class Room(_Part, frozen=True, kw_only=True):
    """The four walls: x and y from and to, and the ceiling's height."""

    x_m: Pair
    y_m: Pair
    height_m: float = 2.8

    def __post_init__(self) -> None:
        for name, (low, high) in (("x_m", self.x_m), ("y_m", self.y_m)):
            _within(f"the room's length along {name}", high - low, 1.0, 60.0)
        _within("height_m", self.height_m, 1.5, 20.0)


class Finish(_Part, frozen=True, kw_only=True):
    """How floor or walls look.

    Attributes:
        sheen: 0 is matt, 1 a polished floor that mirrors.
        kick_plate_m: height of the dark strip at the foot of walls.
    """

    material: Material = "plain"
    colour: Triple = (0.8, 0.79, 0.76)
    sheen: float = 0.0
    kick_plate_m: float = 0.0

    def __post_init__(self) -> None:
        _within("sheen", self.sheen, 0.0, 1.0)
        _within("kick_plate_m", self.kick_plate_m, 0.0, 1.0)


class PlaySurface(_Part, frozen=True, kw_only=True):
    """Where the game lies.

    Attributes:
        origin_m: its lower left corner in the room; on a wall (metres along from the wall's left end as
            seen from inside, 0, metres up).
        wall: which wall carries a wall surface.
    """

    kind: Literal["floor", "wall"] = "floor"
    width_m: float
    height_m: float
    origin_m: Triple = (0.0, 0.0, 0.0)
    wall: WallName = "back"


class Ambient(_Part, frozen=True, kw_only=True):
    """Light from everywhere, on a surface that looks up."""

    lux: float = 60.0
    colour: Triple = _WHITE

    def __post_init__(self) -> None:
        _within("lux", self.lux, 0.0, 50_000.0)


class Lamp(_Part, frozen=True, kw_only=True):
    """A ceiling lamp that shines down and to the sides."""

    at_m: Triple
    lumen: float
    colour: Triple = (1.0, 0.97, 0.92)

    def __post_init__(self) -> None:
        _within("lumen", self.lumen, 0.0, 100_000.0)


class Window(_Part, frozen=True, kw_only=True):
    """A window in a wall.

    Attributes:
        at_m: its lower left corner (along the wall, up), metres.
        daylight_lux: diffuse light that comes in, measured at the window.
        sun_lux: direct sun, 0 for none; sun_towards: the way its light travels.
    """

    wall: WallName
    at_m: Pair
    size_m: Pair
    daylight_lux: float = 300.0
    sun_lux: float = 0.0
    sun_towards: Triple = (0.6, 0.3, -0.6)


class Box(_Part, frozen=True, kw_only=True):
    """A piece of furniture: the middle of its foot, its size, its turn about the vertical."""

    at_m: Triple
    size_m: Triple
    turn_deg: float = 0.0
    colour: Triple = (0.45, 0.32, 0.2)


class Poster(_Part, frozen=True, kw_only=True):
    """A picture of a person on a wall; at_m as for a window."""

    wall: WallName = "back"
    at_m: Pair
    size_m: Pair = (0.6, 1.1)


class PaperSheet(_Part, frozen=True, kw_only=True):
    """A printed sheet, landscape, flat on the floor or on a wall.

    Attributes:
        at_m: its middle: (x, y) in the room, or on a wall (along it, up) as for a window.
        turn_deg: counter-clockwise as seen from the room; 0 has its print's right along x, or along the wall.
        wall: which wall it is taped to; None for the floor.
        paper: its size, and which print is on it.
    """

    at_m: Pair
    turn_deg: float = 0.0
    wall: WallName | None = None
    paper: Literal["a3", "a4"] = "a3"

    @property
    def size_m(self) -> Pair:
        """Width and height of the paper (ISO 216)."""
        return (0.42, 0.297) if self.paper == "a3" else (0.297, 0.21)


class AutoExposure(_Part, frozen=True, kw_only=True):
    """A camera that sets its own exposure.

    Attributes:
        target: mean of the linear picture it aims at, 0 to 1.
        settle_s: time in which it makes up 63 % of a change.
        limits: least and most factor on the exposure set.
    """

    target: float = 0.16
    settle_s: float = 0.4
    limits: Pair = (0.125, 8.0)


class VenueCamera(_Part, frozen=True, kw_only=True):
    """A camera.

    Attributes:
        at_m, look_at_m: where it hangs and the point in the middle of its picture, room metres.
        distortion: OpenCV's k1, k2, p1, p2, k3.
        exposure_ms, gain: brightness of the picture; a real lens would be about f/2.
        noise: standard deviation of the read noise on the linear picture at gain 1; shot noise comes along.
        blur_px: standard deviation of the lens blur.
        motion_blur: pictures in one exposure that are averaged, 1 for none.
        rolling_shutter_ms: how much later than the first row the last one is exposed, 0 for all at once.
        latency_ms: from the light on the sensor to the picture in hand.
    """

    name: str = "camera"
    at_m: Triple
    look_at_m: Triple
    hfov_deg: float = 70.0
    distortion: Distortion = (0.0, 0.0, 0.0, 0.0, 0.0)
    size_px: tuple[int, int] = (640, 480)
    fps: float = 30.0
    exposure_ms: float = 15.0
    gain: float = 2.0
    auto_exposure: AutoExposure | None = None
    noise: float = 0.0012
    blur_px: float = 0.55
    motion_blur: int = 1
    rolling_shutter_ms: float = 0.0
    latency_ms: float = 30.0

    def __post_init__(self) -> None:
        _within("hfov_deg", self.hfov_deg, 5.0, 140.0)
        _within("fps", self.fps, 1.0, 240.0)
        _within("blur_px", self.blur_px, 0.0, 20.0)
        _within("motion_blur", self.motion_blur, 1, 16)
        _within("rolling_shutter_ms", self.rolling_shutter_ms, 0.0, 1000.0 / self.fps)
        for side in self.size_px:
            _within("size_px", side, 16, 4096)


class Bump(_Part, frozen=True, kw_only=True):
    """A knocked projector: from at_s on it is shifted, and turned about its own right, down and axis."""

    at_s: float
    shift_m: Triple = (0.0, 0.0, 0.0)
    turn_deg: Triple = (0.0, 0.0, 0.0)


class VenueProjector(_Part, frozen=True, kw_only=True):
    """A projector.

    Attributes:
        at_m, look_at_m: where it hangs and where its optical axis points, room metres.
        up: which way the top of its picture points, as far as the axis allows.
        shift: lens shift to the right and up, shares of the picture's width and height.
        black: light of a black pixel as a share of a white one's.
        defocus_px: standard deviation of its blur, projector pixels.
        latency_ms: from the frame handed over to its light.
    """

    name: str = "projector"
    at_m: Triple
    look_at_m: Triple
    up: Triple = (0.0, 1.0, 0.0)
    hfov_deg: float = 60.0
    shift: Pair = (0.0, 0.0)
    distortion: Distortion = (0.0, 0.0, 0.0, 0.0, 0.0)
    size_px: tuple[int, int] = (1280, 800)
    lumen: float = 4000.0
    black: float = 0.0007
    gamma: float = 2.2
    defocus_px: float = 0.7
    latency_ms: float = 33.0
    bump: Bump | None = None

    def __post_init__(self) -> None:
        _within("hfov_deg", self.hfov_deg, 5.0, 140.0)
        _within("lumen", self.lumen, 0.0, 100_000.0)
        _within("black", self.black, 0.0, 1.0)
        _within("gamma", self.gamma, 0.5, 4.0)
        _within("defocus_px", self.defocus_px, 0.0, 50.0)
        for side in self.size_px:
            _within("size_px", side, 16, 8192)


class People(_Part, frozen=True, kw_only=True):
    """Who comes: the heights are dealt in turn where they are fewer than the count.

    Attributes:
        wheelchairs: how many of them sit in a wheelchair: the last ones.
        skill: how well they play, by its name in `didim.sim.SKILLS`; "mixed": each a little differently.
    """

    count: int = 1
    heights_m: tuple[float, ...] = (1.2,)
    wheelchairs: int = 0
    skill: str = "mixed"

    def __post_init__(self) -> None:
        _within("count", self.count, 0, 40)
        _within("wheelchairs", self.wheelchairs, 0, self.count)
        if not self.heights_m:
            raise ValueError("heights_m must name at least one height")
        for height_m in self.heights_m:
            _within("heights_m", height_m, 0.9, 2.0)

    def height_m(self, person: int) -> float:
        """The height of the person counted from 0."""
        return self.heights_m[person % len(self.heights_m)]


class Venue(_Part, frozen=True, kw_only=True):
    """One place, whole."""

    name: str
    title: str = ""
    seed: int = 0
    room: Room
    floor: Finish = Finish(material="wood", colour=(0.62, 0.47, 0.32), sheen=0.15)
    walls: Finish = Finish(kick_plate_m=0.1)
    surface: PlaySurface
    ambient: Ambient = Ambient()
    lamp: tuple[Lamp, ...] = ()
    window: tuple[Window, ...] = ()
    box: tuple[Box, ...] = ()
    poster: tuple[Poster, ...] = ()
    sheet: tuple[PaperSheet, ...] = ()
    camera: tuple[VenueCamera, ...]
    projector: tuple[VenueProjector, ...] = ()
    people: People = People()

    def __post_init__(self) -> None:
        for kind, things in (("camera", self.camera), ("projector", self.projector)):
            names = [thing.name for thing in things]
            if len(set(names)) != len(names):
                raise ValueError(f"each {kind} needs a name of its own, got {', '.join(names)}")
        if not self.camera:
            raise ValueError("a venue needs a [[camera]]")
