"""The venue's renderer: people and projector frames in, camera pictures out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from didim.sim._body import Body
from didim.sim.render._bones import rest_joints_m
from didim.sim.render._lights import MAP_PX, lights_of
from didim.sim.render._mannequin import linear
from didim.sim.render._mirror import Reflection
from didim.sim.render._people import Company, PersonPose
from didim.sim.render._plan import Plan
from didim.sim.render._projection import Projection
from didim.sim.render._raster import BLOCK, bounds, fill, fill_depth
from didim.sim.render._scene import scene_of
from didim.sim.render._sensor import Sensor
from didim.sim.render._shade import SHADOW_SCALE, add_projector, dim_floor, dim_lamp, light_people
from didim.sim.render._sheets import PaperPatch, Papers
from didim.sim.render._stage import SAMPLES, Still, Throw, still_of, strength, throw_of
from didim.sim.render._view import project_points, view_of
from didim.sim.venue import PaperSheet, Venue, VenueCamera, projector_in_room

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Progress = Callable[[float, str], None]

_NOBODY = np.array([0, 0, 0, 0], np.int32)
_NOTHING_YET = np.zeros((1, 1, 3), np.uint8)
"""Stands for the frame before the first."""


def _marks(maps: Floats) -> Bytes:
    """For each block of each of the (n, h, w) shadow maps whether anybody is drawn on it."""
    count, height, width = maps.shape
    return np.zeros((count, -(-height // BLOCK), -(-width // BLOCK)), np.uint8)


def _silent(share: float, what: str) -> None:
    """No one wants to know."""


class VenueRenderer:
    """Draws what the cameras of one venue see; the same calls give the same pictures.

    Construction works out what every camera sees of the empty room: a second or two for each, and half a
    minute more the first time ever, when the kernels are compiled.

    Args:
        cell_m: edge of the cells of which people's meshes are made; 0.018 to 0.025.
        progress: called with the share of that done, 0 to 1, and what comes next.
    """

    def __init__(self, venue: Venue, *, cell_m: float = 0.022, progress: Progress | None = None) -> None:
        tell = progress or _silent
        self.venue = venue
        tell(0.0, "room")
        self._scene = scene_of(venue)
        tell(0.15, "lamps")
        self._lights = lights_of(venue, self._scene.boxes)
        self._company = Company(cell_m)
        self._plan = Plan.over(self._scene.sides)
        self._projection = Projection(venue.projector)
        self._shown: list[Bytes | None] = [_NOTHING_YET] * len(venue.projector)
        self._lamp_maps = self._lights.still.copy()
        sizes = [
            (int(p.size_px[1] * SHADOW_SCALE), int(p.size_px[0] * SHADOW_SCALE)) for p in venue.projector
        ]
        largest = np.max(sizes, axis=0) if sizes else np.array([2, 2])
        self._beam_maps = np.zeros((len(sizes), *largest.tolist()), np.float32)
        self._lamp_marks, self._beam_marks = _marks(self._lamp_maps), _marks(self._beam_maps)
        self._floor_albedo = self._scene.textures[4].mean(axis=(0, 1))
        self._throws: dict[tuple[int, int, bool], Throw] = {}
        self._stills: list[Still] = []
        self._sensors: list[Sensor] = []
        self._papers, self._patches = Papers.of(venue, venue.sheet, {}), dict[int, PaperPatch]()
        for index, camera in enumerate(venue.camera):
            tell(0.2 + 0.4 * index / len(venue.camera), f"camera {camera.name}")
            self._stills.append(still_of(venue, self._scene, self._lights, index))
            self._lay(index)
            self._sensors.append(Sensor(camera, venue.seed + 101 * index))
        tell(0.6, "people")
        self.light(0, [self._somebody()], [None] * len(venue.projector), 0.0)
        tell(1.0, "ready")

    def turn(self, camera_index: int, camera: VenueCamera, samples: int = SAMPLES) -> None:
        """Put another camera in a camera's place: that it went elsewhere; its sensor stays.

        Takes a second for a large picture, and with one of the `samples` a few hundredths for a small one.
        """
        cameras = list(self.venue.camera)
        cameras[camera_index] = camera
        self.venue = msgspec.structs.replace(self.venue, camera=tuple(cameras))
        self._stills[camera_index] = still_of(self.venue, self._scene, self._lights, camera_index, samples)
        self._throws = {key: throw for key, throw in self._throws.items() if key[0] != camera_index}
        self._patches.pop(camera_index, None)
        self._lay(camera_index)

    def place_sheet(self, *sheets: PaperSheet, prints: Mapping[str, Bytes] | None = None) -> None:
        """Lay printed sheets in the room, in place of all that lay there; none takes them away.

        Takes some hundredths of a second for each camera; a picture takes as long as before. Of two that
        overlap the later one is on top. Floors do not mirror what is taped to a wall.

        Args:
            prints: for each paper (rows, columns) uint8 of the whole sheet, 255 for paper and 0 for ink,
                from its top left corner; paper without a print is blank.

        Raises:
            ValueError: a print has another shape or type.
        """
        papers = Papers.of(self.venue, sheets, prints or {})
        for camera_index, patch in self._patches.items():
            patch.lift()
            self._light_throws(camera_index, patch)
        self._papers, self._patches = papers, {}
        for camera_index in range(len(self._stills)):
            self._lay(camera_index)

    def _lay(self, camera_index: int) -> None:
        if not len(self._papers.rows):
            return
        still = self._stills[camera_index]
        patch = PaperPatch(still, self.venue, self._scene, self._lights, self._papers)
        self._patches[camera_index] = patch
        self._light_throws(camera_index, patch)

    def _light_throws(self, camera_index: int, patch: PaperPatch) -> None:
        for (camera, projector_index, bumped), throw in self._throws.items():
            if camera == camera_index:
                projector = self.venue.projector[projector_index]
                t_s = projector.bump.at_s if bumped and projector.bump is not None else -np.inf
                patch.light_throw(throw, projector, t_s)

    def picture(
        self,
        camera_index: int,
        poses: Sequence[PersonPose],
        projector_frames: Sequence[Bytes | None],
        t_s: float,
    ) -> Bytes:
        """One camera's (h, w, 3) uint8 BGR picture.

        Args:
            poses: everyone in the room.
            projector_frames: (h, w, 3) uint8 RGB for each projector, none for black. One that is
                read-only and the same object as in the call before is not read again.
            t_s: the time; decides the noise and whether a projector was bumped.

        Raises:
            ValueError: there are more or fewer frames than projectors, or one has another size.
        """
        camera = self.venue.camera[camera_index]
        moving = any(person.shutter_joints_m is not None for person in poses)
        steps = camera.motion_blur if moving else 1
        light = self.light(camera_index, poses, projector_frames, t_s)
        for step in range(1, steps):
            light = light + self.light(camera_index, poses, projector_frames, t_s, step / (steps - 1))
        if steps > 1:
            light = light / np.float32(steps)
        return self._sensors[camera_index].expose(light, t_s)

    def light(
        self,
        camera_index: int,
        poses: Sequence[PersonPose],
        projector_frames: Sequence[Bytes | None],
        t_s: float,
        share: float = 0.0,
    ) -> Floats:
        """The light before it meets the lens: (h, w, 3) float32 red, green, blue, lux times albedo."""
        if len(projector_frames) != len(self.venue.projector):
            raise ValueError(
                f"{len(self.venue.projector)} projectors need as many frames, got {len(projector_frames)}"
            )
        still = self._stills[camera_index]
        throws = [self._throw(camera_index, k, t_s) for k in range(len(projector_frames))]
        self._show(projector_frames)
        views = self._projector_views(t_s)
        self._company.pose(poses, share)
        if any(person.readout_joints_m is not None for person in poses):
            self._company.roll(poses, share, still.view, self.venue.camera[camera_index].size_px[1])
        strengths = np.array([strength(p, v) for p, v in zip(self.venue.projector, views, strict=True)])
        self._plan.shine(
            views, strengths, self._projection.texels, self._projection.table, self._floor_albedo
        )
        out = still.whole.copy()
        ids, screen = self._draw_people(still)
        shaded = self._plan.shade([(person.body.height_m, person.at(share)) for person in poses])
        dim_floor(ids, still.ambient, still.cells, still.cell_spans, shaded, self._plan.open_sky, out)
        for k, boxes in enumerate(self._cast_shadows(views)):
            dim_lamp(
                ids,
                still.lamp_light[k],
                still.lamp_places[k],
                still.lamp_spans[k],
                self._lamp_maps[k],
                boxes,
                self._lamp_marks[k],
                out,
            )
        for k, throw in enumerate(throws):
            frame = (self._projection.texels, self._projection.table, k, self._projection.finest)
            add_projector(
                ids,
                throw.light,
                throw.places,
                throw.levels,
                *frame,
                self._beam_maps[k],
                self._beam_marks[k],
                out,
            )
        if still.mirrored.size and poses:
            self._mirror_people(still, ids, views, strengths, out)
        self._light_people(still.view, ids, screen, self._company.triangles, views, strengths, out)
        return out

    def _show(self, frames: Sequence[Bytes | None]) -> None:
        for index, frame in enumerate(frames):
            if frame is not self._shown[index] or (frame is not None and frame.flags.writeable):
                self._projection.show(index, frame)
                self._shown[index] = frame

    def _projector_views(self, t_s: float) -> NDArray[np.float64]:
        views = [view_of(projector_in_room(projector, t_s)) for projector in self.venue.projector]
        return np.array(views).reshape(-1, 25)

    def _throw(self, camera_index: int, projector_index: int, t_s: float) -> Throw:
        projector = self.venue.projector[projector_index]
        bumped = projector.bump is not None and t_s >= projector.bump.at_s
        key = (camera_index, projector_index, bumped)
        if key not in self._throws:
            throw = self._throws[key] = throw_of(self._scene, self._stills[camera_index], projector, t_s)
            if camera_index in self._patches:
                self._patches[camera_index].light_throw(throw, projector, t_s)
            if self._projection.refine(throw.finest):
                self._shown = [_NOTHING_YET] * len(self._shown)
        return self._throws[key]

    def _draw_people(self, still: Still) -> tuple[NDArray[np.int32], Floats]:
        screen = np.empty_like(self._company.points_m)
        project_points(still.view, self._company.points_m, screen)
        ids = np.full(still.inverse_depth.shape, -1, np.int32)
        fill(screen, self._company.triangles, 0, still.inverse_depth.copy(), ids)
        return ids, screen

    def _cast_shadows(self, views: NDArray[np.float64]) -> list[NDArray[np.int32]]:
        """Renew all shadow maps and marks; returns what bounds each person in each lamp's map."""
        np.copyto(self._lamp_maps, self._lights.still)
        for renewed in (self._beam_maps, self._lamp_marks, self._beam_marks):
            renewed[:] = 0
        lamps = zip(self._lights.views, self._lamp_maps, self._lamp_marks, strict=True)
        boxes = [self._boxes(self._cast(view, depth_map, marks)) for view, depth_map, marks in lamps]
        for view, depth_map, marks in zip(views, self._beam_maps, self._beam_marks, strict=True):
            half = view.copy()
            half[12:14] *= SHADOW_SCALE
            half[14:16] = (half[14:16] + 0.5) * SHADOW_SCALE - 0.5
            self._cast(half, depth_map, marks)
        return boxes

    def _cast(self, view: NDArray[np.float64], depth_map: Floats, marks: Bytes) -> Floats:
        """Draw everyone into a shadow map; returns the places of their points in it."""
        places = np.empty_like(self._company.points_m)
        project_points(view, self._company.points_m, places)
        fill_depth(places, self._company.triangles, depth_map, marks)
        return places

    def _boxes(self, places: Floats) -> NDArray[np.int32]:
        boxes = np.zeros((len(self._company.ranges), 4), np.int32)
        for box, (start, end) in zip(boxes, self._company.ranges, strict=True):
            bounds(places[start:end], MAP_PX, MAP_PX, box)
        return boxes

    def _mirror_people(
        self,
        still: Still,
        ids: NDArray[np.int32],
        views: NDArray[np.float64],
        strengths: NDArray[np.float64],
        out: Floats,
    ) -> None:
        image = Reflection(still, self._company, ids)
        turned = self._company.turned_triangles
        self._light_people(still.view, image.ids, image.screen, turned, views, strengths, image.light)
        image.lay_over(still, ids, self.venue.floor.sheen, out)

    def _light_people(
        self,
        view: NDArray[np.float64],
        ids: NDArray[np.int32],
        screen: Floats,
        triangles: NDArray[np.int32],
        views: NDArray[np.float64],
        strengths: NDArray[np.float64],
        out: Floats,
    ) -> None:
        height, width = ids.shape
        box = _NOBODY.copy()
        bounds(screen, width, height, box)
        company, shown = self._company, self._projection
        ambient = self.venue.ambient.lux * linear(self.venue.ambient.colour)
        light_people(
            ids, box, float(view[12]), screen,
            triangles, company.points_m, company.normals, company.albedo, company.paint,
            ambient, self._plan.origin_m, self._plan.glow,
            self._lights.lamps, self._lights.views, self._lamp_maps,
            views, strengths, self._beam_maps, shown.texels, shown.table, shown.finest, out,
        )  # fmt: skip

    def _somebody(self) -> PersonPose:
        body = Body.of(1.2, 0)
        middle = [0.5 * sum(self.venue.room.x_m), 0.5 * sum(self.venue.room.y_m), 0.0]
        return PersonPose(body, rest_joints_m(body) + middle)
