"""One person looking at one page: who they are, what they read, and what becomes of what they ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, get_args
from urllib.parse import quote

from fastapi import Request
from nicegui import context, ui

from didim.console import Actor, ConsoleProblem, NotSignedIn, Role
from didim.console.service import Service
from didim.play import GamePack
from didim.play._manifest import Text as Wording
from didim.problem import Problem
from didim.records import Theme
from didim.words import Language, Words

Answer = TypeVar("Answer")

LANGUAGE_COOKIE, THEME_COOKIE = "didim_language", "didim_theme"
THEMES: tuple[Theme, ...] = get_args(Theme)


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a console share.

    Attributes:
        service: all that pages may do.
        actor_of: who sent a request; raises NotSignedIn.
        rig_file: what the installer's page measures anew; None where the rig has no file, as in a venue.
        venue: the virtual venue that stands in for the place; None for a real one.
    """

    service: Service
    actor_of: Callable[[Request], Actor]
    rig_file: Path | None = None
    venue: str | None = None


@dataclass(slots=True)
class Visit:
    """A page that is open.

    Attributes:
        actor: who opened it.
        words: the pages' catalogue in the language that they read, else the tablet's.
        theme: the look, likewise.
    """

    site: Site
    request: Request
    actor: Actor
    words: Words
    theme: Theme = "night"
    _busy: set[str] = field(default_factory=set)

    @property
    def service(self) -> Service:
        return self.site.service

    @property
    def language(self) -> Language:
        return self.words.language

    def may(self, *roles: Role) -> bool:
        """Whether whoever looks has one of these roles."""
        return self.actor.role in roles

    def text(self, wording: Wording) -> str:
        """A manifest's words in the language of this page."""
        return wording.ko if self.language == "ko" else wording.en

    def title(self, slug: str) -> str:
        """A game's title; its slug where it is gone."""
        pack = self.pack(slug)
        return self.text(pack.title) if pack else slug

    def pack(self, slug: str) -> GamePack | None:
        """The game of that name, or None."""
        return next((each for each in self.service.games.listed(self.actor) if each.slug == slug), None)

    def ask(self, action: Callable[[Actor], Answer]) -> Answer | None:
        """What the service answers whoever looks; what it refuses is told, and is None."""
        try:
            self.actor = self.site.actor_of(self.request)
            return action(self.actor)
        except Problem as problem:
            self.tell(problem)
            return None

    async def ask_slowly(self, action: Callable[[Actor], Answer]) -> Answer | None:
        """The same for what takes more than a moment: the page's own loop goes on."""
        try:
            self.actor = self.site.actor_of(self.request)
            return await asyncio.to_thread(action, self.actor)
        except Problem as problem:
            self.tell(problem)
            return None

    def do(self, action: Callable[[Actor], object], said: str = "") -> bool:
        """Have something done, say so, and tell whether it was."""
        done: list[bool] = []

        def noted(actor: Actor) -> None:
            action(actor)
            done.append(True)

        self.ask(noted)
        if done and said:
            self.say(self.words(said), "good")
        return bool(done)

    def stop_safely(self) -> None:
        """White light and silence. Nobody is asked whether they are still signed in."""
        self.service.floor.safe(self.actor)
        self.say(self.words("now.is_safe"))

    def say(self, words: str, kind: str = "") -> None:
        """A few words that go by themselves."""
        ui.notify(words, classes=kind, position="top", timeout=5000 if kind == "bad" else 2600)

    def tell(self, problem: Problem) -> None:
        """Why something was not done; who is signed out is led to the door."""
        if isinstance(problem, NotSignedIn):
            here = self.request.url.path
            ui.navigate.to(f"/sign-in?next={quote(here)}")
            return
        told = problem.told(self.language) if isinstance(problem, ConsoleProblem) else str(problem)
        self.say(told, "bad")


def language_of(request: Request) -> Language:
    """What this tablet reads: as chosen on it, else as its browser asks, else Korean."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("ko", "en"):
        return "ko" if chosen == "ko" else "en"
    asked = request.headers.get("accept-language", "").lower()
    places = {language: asked.find(language) for language in ("ko", "en") if language in asked}
    return "en" if places and min(places, key=lambda each: places[each]) == "en" else "ko"


def theme_of(request: Request) -> Theme:
    """The look chosen on this tablet."""
    chosen = request.cookies.get(THEME_COOKIE)
    return next((theme for theme in THEMES if theme == chosen), "night")


def page_words(language: Language) -> Words:
    """The catalogue of all pages."""
    return Words("didim.console.pages", "words.toml", language)


def current_request() -> Request:
    """Of the page that is being built."""
    return context.client.request
