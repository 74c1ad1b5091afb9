"""`/games`: the catalog."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from didim.console._games import Wish
from didim.console.api._asking import Serving, Who
from didim.play import GamePack, Setting

router = APIRouter(tags=["games"])

Slug = Annotated[str, Path(max_length=80)]


class Words(BaseModel):
    """A few words in each language."""

    ko: str
    en: str


class GameTold(BaseModel):
    """A game of the catalog; ages in years."""

    slug: str
    title: Words
    summary: Words
    goal: Words
    surfaces: list[Literal["floor", "wall"]]
    min_players: int
    max_players: int
    min_age: int
    max_age: int
    minutes: float
    skills: list[str]
    intensity: Literal["light", "moderate", "vigorous"]


class SettingTold(BaseModel):
    """One thing that may be set; `min` and `max` of numbers, `choices` of a choice."""

    type: Literal["int", "float", "bool", "choice"]
    title: Words
    default: bool | int | float | str
    min: float | None = None
    max: float | None = None
    choices: list[str] = []


class GameWithSettings(GameTold):
    settings: dict[str, SettingTold]


@router.get("/games")
def games(
    service: Serving,
    actor: Who,
    age: Annotated[int | None, Query(ge=0, le=120)] = None,
    headcount: Annotated[int | None, Query(ge=1, le=64)] = None,
    minutes: Annotated[float | None, Query(gt=0, le=60)] = None,
    surface: Literal["floor", "wall"] | None = None,
    skill: Annotated[str | None, Query(max_length=40)] = None,
    intensity: Literal["light", "moderate", "vigorous"] | None = None,
) -> list[GameTold]:
    """The games that suit all that is asked for."""
    wish = Wish(age, headcount, minutes, surface, skill, intensity)
    return [_told(pack) for pack in service.games.listed(actor, wish)]


@router.get("/games/{slug}")
def game(service: Serving, actor: Who, slug: Slug) -> GameWithSettings:
    """One game with what may be set for it."""
    settings = {name: _setting(each) for name, each in service.games.settings(actor, slug).items()}
    told = _told(service.games.one(actor, slug))
    return GameWithSettings(**told.model_dump(), settings=settings)


def _told(pack: GamePack) -> GameTold:
    return GameTold.model_validate(pack, from_attributes=True)


def _setting(setting: Setting) -> SettingTold:
    numeric = setting.type in ("int", "float")
    return SettingTold(
        type=setting.type,
        title=Words(ko=setting.title.ko, en=setting.title.en),
        default=setting.default,
        min=setting.min if numeric else None,
        max=setting.max if numeric else None,
        choices=list(setting.choices),
    )
