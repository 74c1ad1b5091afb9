"""The engagement: what a surface is asked to do, part by part, from one command to the next.

It knows no clock and no window: who holds it tells the time and the people, and draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from didim.people import Event, Player
from didim.play import (
    Canvas,
    Cue,
    GamePack,
    Language,
    Music,
    Seats,
    Settings,
    Target,
    checked_settings,
    find,
    host_words,
)
from didim.problem import Problem
from didim.records import RoundBegan
from didim.run.acts import Act, CheckingIn, HavingARest, Resting
from didim.run.commands import (
    CheckIn,
    Command,
    GamePart,
    Part,
    Pause,
    Replay,
    RestPart,
    Resume,
    Safe,
    Seated,
    Skip,
    SpeakIn,
    Start,
    Stop,
    Volume,
)
from didim.run.game import check_surface
from didim.run.ledger import WRITTEN_EVERY_S, Condition, SessionEntry
from didim.run.live import Held, Notice
from didim.run.outside import Outside, Place
from didim.run.playing import Playing, RoundSpec
from didim.run.standing import BREAKS_MOST, Standing

FORGOTTEN_S = 120.0
"""A check-in holds while somebody is in view now and then; later others may have come."""

NOTICES_MOST = 6

TRIAL = -1
"""The group of whoever tries a game: nobody of the class is known in it."""


class Engagement:
    """Takes commands, people and time; gives cues, a drawing and entries for the ledger.

    Attributes:
        act: what the surface is doing.
        safe: white light and silence are asked for.
        volume: 0 to 1, as asked for.
        languages: of the near and the far edge.
        start: what runs, or None.
        part: which part of it, counted from 0.
        who: those with a record who have a seat, as the last check-in or `Start` said.
        notices: what whoever runs the session should know, the newest last.
        heard: the number of the last command.
        condition: how the scribe says that writing goes.
    """

    def __init__(
        self, place: Place, outside: Outside, languages: tuple[Language, Language] = ("ko", "en")
    ) -> None:
        self._place, self._outside = place, outside
        self.languages = languages
        self.safe = self._paused = self._silent = self._dark = False
        self.volume = 1.0
        self.start: Start | None = None
        self.part = 0
        self.who: tuple[Seated, ...] = ()
        self.notices: list[Notice] = []
        self.heard = 0
        self.condition = Condition(0)
        self._seats: dict[int, Seats] = {}
        self._broken: tuple[Start, int] | None = None
        self._breaks = 0
        self._t_s = self._act_s = self._written_s = self._alone_since_s = 0.0
        self._cues: list[Cue] = []
        self.act: Act = self._resting()

    @property
    def held(self) -> Held:
        """Why everything stands still."""
        reasons: dict[Held, bool] = {
            "safe": self.safe,
            "instructor": self._paused,
            "projector": self._dark,
            "camera": self._silent,
        }
        return next((reason for reason, holds in reasons.items() if holds), "")

    @property
    def act_s(self) -> float:
        """How long the act has gone on, pauses left out."""
        return self._act_s

    @property
    def broken(self) -> str:
        """The game whose round broke off with a stage and may be played again; "" for none."""
        if self._broken is None:
            return ""
        start, index = self._broken
        part = start.parts[index]
        return part.game if isinstance(part, GamePart) else ""

    @property
    def standing(self) -> Standing:
        """What a stage that takes this one's place goes on from."""
        return Standing(
            self.start,
            self.part,
            self.act.how_far if isinstance(self.act, Playing) else "",
            self._breaks,
            self.who,
            self.volume,
            self.languages,
            self.safe,
            self._paused,
        )

    def go_on(self, left: Standing) -> None:
        """Take the place of a stage that crashed: what it was playing is over, what follows begins.

        A part of which nothing is in the records yet begins anew. A session that crashes time and again is
        at its end.
        """
        self.volume, self.languages, self.who = left.volume, left.languages, left.who
        self.start, self.part, self._breaks = left.start, left.part, left.breaks + 1
        if self.start is None:
            self._rest_now()
        else:
            self._go_on_with(self.start, left)
        self.safe, self._paused = left.safe, left.paused and self.phase != "idle"

    def _go_on_with(self, start: Start, left: Standing) -> None:
        broke_off = left.how_far == "playing" or self._breaks > BREAKS_MOST
        part = start.parts[left.part]
        if broke_off and isinstance(part, GamePart):
            text = f"the stage crashed in a round of {part.game}, which is kept up to its last second"
            self.notice("round_lost", text)
            self._broken = start, left.part
        if self._breaks > BREAKS_MOST:
            self._tell_session("stopped")
            self._rest_now()
        elif left.how_far:
            self._next()
        else:
            self._enter_part(left.part)

    def _replay(self, *, play: bool) -> None:
        """Play the round that broke off again, and what follows it; or forget it."""
        self.notices = [notice for notice in self.notices if notice.kind != "round_lost"]
        broken, self._broken = self._broken, None
        if broken is None or not play:
            return
        self._end_act()
        self._paused = self.safe = False
        self.start, part = broken
        self._enter_part(part)

    def take(self, command: Command, number: int) -> None:
        """Do what a command says; one that cannot be done leaves everything as it is and a notice."""
        self.heard = number
        match command:
            case Start():
                self._begin(command, number)
            case CheckIn(expected, seconds):
                self.stop()
                self._enter(CheckingIn(self._place.surface, self._words(), expected, seconds))
            case Volume(level):
                self.volume = min(1.0, max(0.0, level))
            case SpeakIn(near, far):
                self.languages = near, far
                if isinstance(self.act, Resting):
                    self.act = self._resting()
            case _:
                self._plainly(command)

    def _plainly(self, command: Command) -> None:
        """Do what a command without any more to it says."""
        match command:
            case Pause():
                self._paused = self.phase != "idle"
            case Resume():
                self._paused = self.safe = False
            case Skip():
                self._skip()
            case Stop():
                self.stop()
            case Replay(play):
                self._replay(play=play)
            case Safe():
                self.safe = True

    @property
    def phase(self) -> str:
        """What the act is at."""
        return self.act.phase

    def advance(
        self,
        t_s: float,
        players: Sequence[Player],
        events: Sequence[Event],
        *,
        silent: bool = False,
        dark: bool = False,
    ) -> list[Cue]:
        """Go on to `t_s` on the host's clock, on which `events` are timed too.

        Args:
            silent: nothing was heard from vision for a while: who is not seen must not lose.
            dark: the projector is gone: who sees nothing must not lose.
        """
        passed_s, self._t_s = max(0.0, t_s - self._t_s), t_s
        asks = self.phase not in ("idle", "rest")
        self._silent, self._dark = silent and asks, dark and asks
        self._write(t_s)
        self._forget(t_s, players)
        if self.held:
            self.act.hold(self._act_s)
            return self._taken(())
        self._act_s += passed_s
        if self.act.seats is not None and not isinstance(self.act, Playing | CheckingIn):
            self.act.seats.update(players, t_s)
        behind_s = t_s - self._act_s
        own = [replace(event, t_s=event.t_s - behind_s) for event in events]
        try:
            cues = self.act.advance(self._act_s, players, own)
        except Problem as problem:
            self.failed(problem)
            return self._taken(())
        if isinstance(self.act, Playing) and self.act.waited:
            self.notice("not_kept", "the result of the last round is not on the disk yet; it is tried again")
        if self.act.over:
            self._next()
        return self._taken(cues)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        """Draw it as it stands; `t_s` moves what rests."""
        try:
            self.act.draw(canvas, t_s if isinstance(self.act, Resting) else self._act_s)
        except Problem as problem:
            self.failed(problem)

    def targets(self) -> Sequence[Target]:
        """What players are drawn to now; nothing while everything stands still."""
        return () if self.held else self.act.targets()

    def left_s(self) -> float | None:
        """Until the phase ends by itself; None: not by time."""
        return self.act.left_s(self._act_s)

    def called(self, title: str) -> None:
        """The place has another name."""
        if title and title != self._place.title:
            self._place = replace(self._place, title=title)
            if isinstance(self.act, Resting):
                self.act = self._resting()

    def kept(self, key: str) -> None:
        """A round's result is on the disk."""
        self.notices = [notice for notice in self.notices if notice.kind != "not_kept"]
        if isinstance(self.act, Playing):
            self.act.kept(key)

    def stop(self) -> None:
        """End everything, keep what it came to, and rest."""
        self._end_act()
        if self.start is not None:
            self._tell_session("stopped")
        self._replay(play=False)
        self._rest_now()

    def failed(self, problem: Problem) -> None:
        """The game that runs crashed: keep what it came to, and go on with the next part."""
        self.notice("game_failed", str(problem))
        self._end_act()
        self._next()

    def notice(self, kind: Any, text: str, number: int = 0) -> None:
        """Let whoever runs the session know, once."""
        self.notices = [known for known in self.notices if (known.kind, known.text) != (kind, text)]
        self.notices = [*self.notices, Notice(kind, text, number)][-NOTICES_MOST:]

    def _begin(self, start: Start, number: int) -> None:
        full = bool(self.condition.problem) and not start.trial
        problem = self.condition.text if full else self._unplayable(start)
        if problem:
            self.notice("refused", problem, number)
            return
        self.stop()
        self.notices.clear()
        self.start, self._breaks = start, 0
        self._seats.pop(TRIAL, None)
        if start.seats is not None and start.seats != self.who:
            self.who, self._seats = start.seats, {}
        self._enter_part(0)

    def _unplayable(self, start: Start) -> str:
        """Why these parts cannot be played; "" if they can."""
        try:
            for part in start.parts:
                if isinstance(part, GamePart):
                    self._pack_and_settings(part)
        except Problem as problem:
            return str(problem)
        return "" if start.parts else "a session needs at least one part: give a game or a rest"

    def _pack_and_settings(self, part: GamePart) -> tuple[GamePack, Settings]:
        pack = find(self._place.games, part.game)
        check_surface(pack, self._place.surface)
        return pack, checked_settings(pack, part.settings, languages=self.languages)

    def _skip(self) -> None:
        self._paused = self.safe = False
        if isinstance(self.act, CheckingIn):
            self.act.end()
        self._end_act()
        if not isinstance(self.act, Resting):
            self._next()

    def _next(self) -> None:
        """On to what follows the act that has ended."""
        if isinstance(self.act, CheckingIn):
            self.who, self._seats = self.act.found, {0: self.act.seats}
            self.act.seats.reserved = frozenset(seated.seat for seated in self.who)
        if self.start is None:
            self._rest_now()
        elif self.part + 1 < len(self.start.parts):
            self._enter_part(self.part + 1)
        else:
            self._tell_session("finished")
            self._rest_now()

    def _enter_part(self, index: int) -> None:
        assert self.start is not None
        self.part = index
        self._tell_session("running")
        try:
            self._enter(self._act_of(self.start.parts[index], index))
        except Problem as problem:
            self.failed(problem)

    def _act_of(self, part: Part, index: int) -> Act:
        assert self.start is not None
        if isinstance(part, RestPart):
            following = next((p for p in self.start.parts[index + 1 :] if isinstance(p, GamePart)), None)
            words = self._pack_and_settings(following)[1].words if following else None
            group = following.group if following else 0
            return HavingARest(self._place.surface, self._words(), part.seconds, self._seats_of(group), words)
        pack, settings = self._pack_and_settings(part)
        began = RoundBegan(
            key=self._outside.new_key(),
            game=pack.slug,
            surface=self._place.surface_name,
            age=settings["age"],
            began_at=self._outside.now(),
            seed=self.start.seed * 1000 + index if part.seed is None else part.seed,
            settings=dict(settings.values),
            session_id=self.start.session_id,
        )
        group, trial = (TRIAL if self.start.trial else part.group), self.start.trial
        known = {seated.seat: seated for seated in self._members(group)}
        spec = RoundSpec(pack, settings, self._seats_of(group), began, known, self._place.delay, trial)
        return Playing(self._place.surface, spec, self._outside.tell, self._outside.now)

    def _members(self, group: int) -> list[Seated]:
        if group == TRIAL:
            return []
        return [seated for seated in self.who if 0 in (group, seated.group) or seated.group == group]

    def _seats_of(self, group: int) -> Seats:
        """The seats of a group; they stay from round to round."""
        if group not in self._seats:
            self._seats[group] = Seats([seated.seat for seated in self._members(group)])
        return self._seats[group]

    def _enter(self, act: Act) -> None:
        self.act, self._act_s = act, 0.0
        self._cues.append(Music(None))

    def _end_act(self) -> None:
        if not isinstance(self.act, CheckingIn):
            self.act.end()

    def _rest_now(self) -> None:
        self.start, self.part = None, 0
        self.safe = self._paused = False
        self._enter(self._resting())

    def _resting(self) -> Resting:
        return Resting(self._place.surface, self._words(), lambda: self._outside.now().strftime("%H:%M"))

    def _words(self) -> Any:
        return host_words(*self.languages, title=self._place.title)

    def _write(self, t_s: float) -> None:
        """Tell how the round stands, paused or not: the scribe takes silence for a crash."""
        if isinstance(self.act, Playing) and t_s - self._written_s >= WRITTEN_EVERY_S:
            self._written_s = t_s
            self.act.write()

    def _forget(self, t_s: float, players: Sequence[Player]) -> None:
        if players or not isinstance(self.act, Resting):
            self._alone_since_s = t_s
        elif self.who and t_s - self._alone_since_s > FORGOTTEN_S:
            self.who, self._seats = (), {}

    def _tell_session(self, state: Any) -> None:
        if self.start is not None and self.start.session_id is not None:
            entry = SessionEntry(self.start.session_id, self._outside.now(), state, self.part + 1)
            self._outside.tell(entry)

    def _taken(self, cues: Sequence[Cue]) -> list[Cue]:
        taken, self._cues = [*self._cues, *cues], []
        return taken
