"""Bundle adjustment of one camera over sheets on a surface, and how far its result can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from calibration.camera._model import COMMON, EACH, HEIGHT, LENS_TERMS, Model, Prior
from calibration.camera._sheet import Sheet
from calibration.camera._start import Start, starts, stood
from calibration.camera.failures import PoorFit
from didim.geometry import FloatArray

_TRIED = 3
_ROUNDS = 100
_TRUST = (0.01, 0.1, 1.0)
"""A guess misses by hundreds of standard deviations, where a robust cost is a slope without a bowl and steps
are short; trusted a hundredth, the same misses lie inside its bowl."""
_TINY = np.array([1e-6, 1e-3, 1e-3, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6])
_SOFT = 3.0
"""Whitened residuals beyond this count less and less: a sheet that slipped must not bend the rest."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Where one sheet was seen: (4, 2) corners of its paper in pixels, and (8, 8) their covariance.

    Attributes:
        leaning: it leans against something instead of lying on the surface.
    """

    sheet: Sheet
    corners_px: FloatArray
    covariance_px2: FloatArray
    leaning: bool = False


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A solved problem.

    Attributes:
        terms: the vector of `Model`; covariance: its own.
        misfits: (sheets,) root mean square of the whitened residual of each sheet; about 1 where all is well.
    """

    model: Model
    terms: FloatArray
    covariance: FloatArray
    misfits: FloatArray


def adjust(
    prior: Prior, seen: tuple[Observation, ...], *, evenness_m: float, begin: Adjusted | None = None
) -> Adjusted:
    """Solve lens, pose and places together.

    Args:
        begin: an earlier solution of the same sheets to begin from.

    Raises:
        PoorFit: no camera explains the sheets.
    """
    if begin is None:
        begins = _begun(prior, seen, evenness_m)
    else:
        begins = [Start(0.0, begin.model.level, begin.terms)]
    best = _best(prior, seen, evenness_m, begins)
    if best is None:
        raise PoorFit(
            "no camera explains where the sheets are seen: check that every sheet lies flat on one surface, "
            "and that the camera did not move between the pictures"
        )
    return _adjusted(best, *_whitened(seen))


def _begun(prior: Prior, seen: tuple[Observation, ...], evenness_m: float) -> list[Start]:
    """Solve the sheets that lie, then stand each that leans in both of the poses that explain its corners.

    With every sheet unknown at once, the camera gives way until the wrong one of two poses seems to fit.
    """
    lying = tuple(each for each in seen if not each.leaning)
    if not lying:
        return []
    corners, _ = _whitened(lying)
    flat = prior.lens(prior.mean).straighten(corners.reshape(-1, 2)).reshape(-1, 4, 2)
    guesses = starts(prior, tuple(each.sheet for each in lying), flat, _TRIED)
    found = _best(prior, lying, evenness_m, guesses, _TRUST)
    begins = [] if found is None else [Start(found.cost, found.model.level, found.terms)]
    for index, each in enumerate(seen):
        if each.leaning:
            begins = [
                pose for begin in begins for pose in stood(prior, begin, index, each.sheet, each.corners_px)
            ]
    return begins


class _Solved(NamedTuple):
    """A minimum: its robust cost, the vector of `Model`, and the normal matrix there."""

    cost: float
    model: Model
    terms: FloatArray
    normal: FloatArray


def _best(
    prior: Prior,
    seen: tuple[Observation, ...],
    evenness_m: float,
    guesses: Sequence[Start],
    trusts: Sequence[float] = (1.0,),
) -> _Solved | None:
    """The lowest minimum that any guess leads to, every pixel trusted so much, in turn."""
    sheets, leaning = tuple(each.sheet for each in seen), tuple(each.leaning for each in seen)
    corners, whiten = _whitened(seen)
    best: _Solved | None = None
    for guess in guesses:
        model, terms = Model(prior, guess.level, sheets, evenness_m, leaning), guess.terms
        solved = None
        for trust in trusts:
            solved = _solved(model, corners, trust * whiten, terms)
            if solved is None:
                break
            terms = solved.terms
        if solved is not None and (best is None or solved.cost < best.cost):
            best = solved
    return best


def _whitened(seen: Sequence[Observation]) -> tuple[FloatArray, FloatArray]:
    """(sheets, 4, 2) corners, and (sheets, 8, 8) what makes their errors independent and of size 1."""
    return (
        np.stack([each.corners_px for each in seen]),
        np.stack([np.linalg.inv(np.linalg.cholesky(each.covariance_px2)) for each in seen]),
    )


def _solved(model: Model, corners: FloatArray, whiten: FloatArray, guess: FloatArray) -> _Solved | None:
    """The minimum near a guess, or None; Levenberg and Marquardt's way."""
    terms, damping = guess, 1e-3
    try:
        cost, _ = _cost(model, corners, whiten, terms)
        for _ in range(_ROUNDS):
            normal, right = _normal(model, corners, whiten, terms)
            fell = 0.0
            while damping < 1e9:
                step = np.linalg.solve(normal + damping * np.diag(np.diag(normal)), right)
                tried, _ = _cost(model, corners, whiten, terms + step)
                if tried <= cost:
                    fell, cost, terms, damping = cost - tried, tried, terms + step, max(damping / 10, 1e-9)
                    break
                damping *= 10
            if fell < 1e-6 * (1 + cost):
                break
        normal, _ = _normal(model, corners, whiten, terms)
    except (ValueError, np.linalg.LinAlgError):
        return None
    if not np.isfinite(terms).all() or terms[HEIGHT] <= 0:
        return None
    return _Solved(cost, model, terms, normal)


def _cost(
    model: Model, corners: FloatArray, whiten: FloatArray, terms: FloatArray
) -> tuple[float, FloatArray]:
    """Robust cost, and the weight of each sheet: soft L1 on a sheet's whole residual."""
    try:
        misses = np.nan_to_num((corners - model.corners_px(terms)).reshape(-1, 8), nan=1e4)
    except ValueError:  # a camera that cannot be, tried on the way
        return np.inf, np.ones(len(corners))
    square = (np.einsum("sij,sj->si", whiten, misses) ** 2).sum(axis=1) / _SOFT**2
    prior = model.prior_residual(terms)
    cost = float(2 * _SOFT**2 * (np.sqrt(1 + square) - 1).sum() + prior @ prior)
    return (cost if np.isfinite(cost) else np.inf), np.asarray(1 / np.sqrt(1 + square))


def _normal(
    model: Model, corners: FloatArray, whiten: FloatArray, terms: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The normal matrix and its right side; a sheet's own terms move no other sheet, so all at once."""
    _, weights = _cost(model, corners, whiten, terms)
    here, known = model.corners_px(terms), model.prior_residual(terms)
    count = len(corners)
    seen_slope, prior_slope = np.zeros((count, 8, len(terms))), np.zeros((len(known), len(terms)))
    for k in range(COMMON):
        moved = terms.copy()
        moved[k] += _TINY[k]
        seen_slope[:, :, k] = (model.corners_px(moved) - here).reshape(count, 8) / _TINY[k]
        prior_slope[:, k] = (model.prior_residual(moved) - known) / _TINY[k]
    for k in range(EACH):
        own = COMMON + EACH * np.arange(count) + k
        moved = terms.copy()
        moved[own] += 1e-6
        seen_slope[np.arange(count), :, own] = (model.corners_px(moved) - here).reshape(count, 8) / 1e-6
        if k >= 3:
            rows = LENS_TERMS + 1 + 3 * np.arange(count) + k - 3
            prior_slope[rows, own] = ((model.prior_residual(moved) - known) / 1e-6)[rows]
    white_slope = np.einsum("sij,sjk->sik", whiten, seen_slope) * np.sqrt(weights)[:, None, None]
    white = np.einsum("sij,sj->si", whiten, (corners - here).reshape(count, 8)) * np.sqrt(weights)[:, None]
    slope = white_slope.reshape(-1, len(terms))
    normal = slope.T @ slope + prior_slope.T @ prior_slope
    return normal, slope.T @ white.ravel() - prior_slope.T @ known


def _adjusted(solved: _Solved, corners: FloatArray, whiten: FloatArray) -> Adjusted:
    _, model, terms, normal = solved
    size = np.sqrt(np.diag(normal))
    covariance = np.linalg.pinv(normal / np.outer(size, size), hermitian=True) / np.outer(size, size)
    misses = (corners - model.corners_px(terms)).reshape(len(whiten), 8)
    white = np.einsum("sij,sj->si", whiten, misses)
    off = terms[COMMON:].reshape(-1, EACH)[:, 3] / model.off_sigmas()[:, 0]
    misfits = np.sqrt((np.sum(white**2, axis=1) + off**2) / 8)
    return Adjusted(model, terms, np.asarray(covariance), np.asarray(misfits))
