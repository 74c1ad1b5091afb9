"""A game for tests of the processes: everybody earns a point ten times a second, for two seconds."""

from __future__ import annotations

from pathlib import Path

MANIFEST = """
format = 1
entry = "Quick"
title = { ko = "빨리", en = "Quick" }
summary = { ko = "점수가 저절로 늘어요.", en = "Points come by themselves." }
goal = { ko = "가만히 있기", en = "Stand still" }
surfaces = ["floor", "wall"]
min_players = 1
max_players = 8
min_age = 3
minutes = 0.1
skills = ["reaction"]
intensity = "light"

[settings.round_s]
type = "float"
default = 2
min = 1
max = 600
title = { ko = "시간", en = "Time" }

[words.ko]

[words.en]
"""

CODE = '''
"""Points come by themselves."""

from didim.play import Canvas, Cue, Finish, Rng, Score, Settings, Surface, Target, Tick


class Quick:
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        self._round_s = settings.round_s

    def update(self, tick: Tick) -> list[Cue]:
        if tick.t_s >= self._round_s:
            return [Finish()]
        if tick.index % 6:
            return []
        return [Score(player.id, 1, player.feet) for player in tick.players]

    def targets(self) -> list[Target]:
        return []

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("plain")
'''


def write_quick_game(content: Path) -> None:
    """Put it into a folder for DIDIM_CONTENT."""
    folder = content / "games" / "quick"
    folder.mkdir(parents=True)
    (folder / "game.toml").write_text(MANIFEST, "utf-8")
    (folder / "game.py").write_text(CODE, "utf-8")
    (folder / "__init__.py").touch()
