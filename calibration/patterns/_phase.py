"""Phase shift: sine stripes moved in four steps give each pixel its place within a stripe.

V. Srinivasan, H. C. Liu, M. Halioua, "Automated phase-measuring profilometry", Applied Optics 23 (1984).
Gray code of half a stripe says which stripe it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from calibration.patterns._gray import read_stripes, stripe_bits, stripes
from calibration.patterns._levels import Contrast, contrast, level
from calibration.patterns._matches import Bytes, DenseMatches, Floats, Mask, checked

STEPS = 4
CAMERA_GAMMA = 2.2
AMPLITUDE_LEAST = 0.25
"""Of half the step from black to white, in light: less is blur, a torn picture or somebody passing."""
LAMP_STEP, LAMP_STRIPES, LAMP_ASIDE_PX, LAMP_PATCHES = 2, 4, 160, 32
"""Every second pixel tells of the lamps, in patches of four stripes by 160 projector pixels."""
LAMP_PIXELS, LAMP_LEAST = 100, 6
OFFSET_MOST = 0.3
"""How far the mean of the four steps may lie from the middle of black and white, as a share of the step."""


@dataclass(frozen=True, slots=True)
class PhasePattern:
    """Four sine frames for columns and four for rows; before them, with `gray`, black, white and Gray code.

    Attributes:
        size_px: (width, height) of the projector.
        period_px: of the sine, projector pixels, even.
        gamma: of the projector: the sine is one in light.
        gray: Gray code of half a stripe with its inverse tells the stripes apart; without it `read_near`
            has to be told about where each pixel lies.
    """

    size_px: tuple[int, int]
    period_px: int = 32
    gamma: float = 2.2
    gray: bool = True

    @property
    def frames(self) -> tuple[Bytes, ...]:
        if not self.gray:
            return tuple(self._sines())
        plain = (level(self.size_px, 0), level(self.size_px, 255))
        return (*plain, *stripes(self.size_px, self.period_px // 2), *self._sines())

    def read(self, pictures: Sequence[Floats]) -> DenseMatches:
        """A place for each pixel, to a fraction of a projector pixel, and how sure it is."""
        half = self.period_px // 2
        coarse = 2 * sum(stripe_bits(self.size_px, half))
        checked(pictures, 2 + coarse + 2 * STEPS)
        seen = contrast(pictures[0], pictures[1])
        box = _box(seen.lit)
        swing = (seen.white - seen.black)[box]
        cells, sure = read_stripes([p[box] for p in pictures[2 : 2 + coarse]], self.size_px, half, swing)
        near = (cells.astype(np.float32) + np.float32(0.5)) * half - np.float32(0.5)
        return self._placed(pictures[2 + coarse :], seen, near, sure, half)

    def read_near(self, pictures: Sequence[Floats], seen: Contrast, near_px: Floats) -> DenseMatches:
        """The same from the sine frames alone.

        Args:
            seen: black and white, taken before.
            near_px: (h, w, 2), each pixel's place to less than half a period.
        """
        checked(pictures, 2 * STEPS)
        near = near_px[_box(seen.lit)]
        return self._placed(pictures, seen, near, np.ones(near.shape[:2], bool), self.period_px // 2)

    def _placed(
        self, sines: Sequence[Floats], whole: Contrast, near: Floats, sure: Mask, most_px: int
    ) -> DenseMatches:
        """Places of the lit box's pixels, each within `most_px` of `near`."""
        box = _box(whole.lit)
        seen = Contrast(whole.black[box], whole.white[box], whole.lit[box])
        sure = sure & seen.lit
        places, sigma = np.empty((*sure.shape, 2), np.float32), np.zeros(sure.shape, np.float32)
        for axis in range(2):
            steps = [picture[box] for picture in sines[axis * STEPS : (axis + 1) * STEPS]]
            light = without_lamps(
                [in_light(step) for step in steps], in_light(seen.black), sure, near, axis, self.period_px
            )
            place, deviation, clear = self._phase(light, seen, near[..., axis], axis, most_px)
            places[..., axis], sure = place, sure & clear
            sigma = np.maximum(sigma, deviation)
        shape = whole.lit.shape
        projector_px, sigma_px = np.zeros((*shape, 2), np.float32), np.full(shape, np.inf, np.float32)
        projector_px[box], sigma_px[box] = places, np.where(sure, sigma, np.inf)
        return DenseMatches(projector_px, sigma_px, whole.lit)

    def _sines(self) -> list[Bytes]:
        width, height = self.size_px
        frames = []
        for axis in range(2):
            angle = 2 * np.pi * np.arange(self.size_px[axis]) / self.period_px
            for step in range(STEPS):
                light = 0.5 + 0.5 * np.cos(angle - 2 * np.pi * step / STEPS)
                line = (255 * light ** (1 / self.gamma) + 0.5).astype(np.uint8)
                frames.append(np.tile(line, (height, 1)) if axis == 0 else np.tile(line[:, None], (1, width)))
        return frames

    def _phase(
        self, light: Sequence[Floats], seen: Contrast, near: Floats, axis: int, most_px: int
    ) -> tuple[Floats, Floats, Mask]:
        """Place along one axis, its standard deviation, and where it can be trusted."""
        black, white = in_light(seen.black), in_light(seen.white)
        cosine, sine = light[0] - light[2], light[1] - light[3]  # cos and sin of the phase, doubled
        amplitude = 0.5 * np.sqrt(cosine * cosine + sine * sine)
        swing = np.maximum(white - black, 1e-4)
        offset = 0.25 * (light[0] + light[1] + light[2] + light[3]) - 0.5 * (white + black)
        clear = (amplitude > 0.5 * AMPLITUDE_LEAST * swing) & (np.abs(offset) < OFFSET_MOST * swing)
        within = np.mod(np.arctan2(sine, cosine) / (2 * np.pi), 1).astype(np.float32)
        place = within * self.period_px
        place += np.round((near - place) / self.period_px) * self.period_px
        clear &= (np.abs(place - near) <= most_px) & (place > -0.5) & (place < self.size_px[axis] - 0.5)
        noise = _light_noise(seen)
        sigma = self.period_px / (2 * np.pi) * np.sqrt(2 / STEPS) * noise / np.maximum(amplitude, 1e-5)
        return place, np.asarray(sigma, np.float32), np.asarray(clear)


def without_lamps(
    light: Sequence[Floats], black: Floats, sure: Mask, near: Floats, axis: int, period_px: int
) -> list[Floats]:
    """Four steps without what the room's lamps changed between them.

    Over whole stripes all four shine alike: what differs is the room's light, which black tells the shape of.
    It is measured in patches of a few stripes, faded at their ends, and their median is taken, so that who
    walks through does not count.

    Args:
        light: (h, w) each; near: (h, w, 2), about where each pixel lies, projector pixels.
    """
    few = np.s_[::LAMP_STEP, ::LAMP_STEP]
    use = sure[few] & (black[few] > 1e-4)
    at = near[few][use]
    span = LAMP_STRIPES * period_px
    along, aside = at[:, axis] / span, (at[:, 1 - axis] // LAMP_ASIDE_PX).astype(np.int64)
    patch = along.astype(np.int64) * LAMP_PATCHES + np.clip(aside, 0, LAMP_PATCHES - 1)
    patch = np.maximum(patch, 0)
    weight = np.sin(np.pi * np.mod(along, 1)) ** 2
    counts = np.bincount(patch)
    room = np.bincount(patch, weight * black[few][use])
    sums = np.stack([np.bincount(patch, weight * step[few][use]) for step in light])
    good = counts >= LAMP_PIXELS
    if good.sum() < LAMP_LEAST:
        return list(light)
    changed = np.median((sums - sums.mean(axis=0))[:, good] / room[good], axis=1)
    return [step - np.float32(change) * black for step, change in zip(light, changed, strict=True)]


def in_light(picture: Floats) -> Floats:
    """A grey picture, 0 to 255, as light, 0 to 1, for a camera with the usual response."""
    return np.asarray(cv2.pow(np.maximum(picture, 0) / np.float32(255), CAMERA_GAMMA), np.float32)


def _light_noise(seen: Contrast) -> Floats:
    """One grey value of noise, in light, at the middle of black and white."""
    middle = 0.5 * (seen.black + seen.white) / np.float32(255)
    slope = CAMERA_GAMMA * np.power(np.maximum(middle, 0.02), np.float32(CAMERA_GAMMA - 1))
    return np.asarray(slope / 255, np.float32)


def _box(mask: Mask) -> tuple[slice, slice]:
    """The smallest box around what is true; all of it where nothing is."""
    if not mask.any():
        return slice(0, mask.shape[0]), slice(0, mask.shape[1])
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
