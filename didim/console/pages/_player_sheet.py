"""One player: emblem, age, groups, consents; everything that is kept, to take along or to delete."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from nicegui import ui

from didim.console.pages._parts import (
    Choice,
    Text,
    box,
    button,
    chip,
    field,
    icon,
    link,
    note,
    number_input,
    select,
    sheet,
    sign,
    text_input,
)
from didim.console.pages._signs import COLORS, SHAPES
from didim.console.pages._visit import Visit
from didim.records import Consent, Emblem, EmblemColor, Player, Purpose, Sex, Sign, free_emblem

OLDEST_YEARS = 100
MASS_KG = (5.0, 250.0)
Relation = Literal["guardian", "self"]
PURPOSES: tuple[Purpose, ...] = ("name", "body")


def open_new_player(visit: Visit, group_id: int | None, done: Callable[[], None]) -> None:
    """Begin a record: an emblem, and perhaps a year of birth."""
    words = visit.words
    others = visit.ask(lambda actor: visit.service.players.listed(actor, group_id)) or ()
    taken = [player.emblem for player in others]
    with sheet(words("players.add"), words("close")) as dialog:
        Text("p", words("player.pseudonym"), "muted")
        chooser = EmblemChooser(visit, free_emblem(taken), taken)
        year = _year(visit, None)

        def keep() -> None:
            added = visit.do(
                lambda actor: visit.service.players.add(
                    actor, emblem=chooser.emblem, group_id=group_id, birth_year=year.value
                ),
                "player.added",
            )
            if added:
                dialog.close()
                done()

        with box("row end"):
            button(words("save"), keep, kind="go", symbol="check", mark="keep-player")


def open_player(visit: Visit, player_id: int, done: Callable[[], None]) -> None:
    """See and change what is kept of a player."""
    player = visit.ask(lambda actor: visit.service.players.one(actor, player_id))
    if player is None:
        return
    words = visit.words
    with sheet(player.called(visit.language), words("close")) as dialog:
        chooser = EmblemChooser(visit, player.emblem, [])
        year = _year(visit, player.birth_year)
        _groups(visit, player)

        def again() -> None:
            dialog.close()
            open_player(visit, player_id, done)

        _consents(visit, player, again)

        def keep() -> None:
            if visit.do(
                lambda actor: visit.service.players.change(
                    actor, player_id, emblem=chooser.emblem, birth_year=year.value
                ),
                "saved.kept",
            ):
                dialog.close()
                done()

        with box("row between wrap"):
            _farewell(visit, player, dialog, done)
            button(words("save"), keep, kind="go", symbol="check", mark="keep-player")


def _farewell(visit: Visit, player: Player, dialog: ui.dialog, done: Callable[[], None]) -> None:
    """All that is kept, to take along or to delete."""
    words = visit.words
    with box("row wrap"):
        link(words("player.export"), f"/download/player/{player.id}.zip", symbol="download", download=True)
        button(
            words("player.delete"),
            lambda: _confirm_delete(visit, player, dialog, done),
            symbol="delete_forever",
            kind="danger",
            mark="erase",
        )


def _year(visit: Visit, value: int | None) -> ui.select:
    this_year = datetime.now(UTC).year
    years: dict[int | None, str] = {
        None: visit.words("player.no_year"),
        **{year: str(year) for year in range(this_year - 2, this_year - OLDEST_YEARS, -1)},
    }
    return select(visit.words("player.year"), years, value, mark="birth-year")


def _groups(visit: Visit, player: Player) -> None:
    groups = visit.ask(visit.service.players.groups) or ()
    mine = set(visit.ask(lambda actor: visit.service.players.groups_of(actor, player.id)) or ())
    if not groups:
        return
    with field(visit.words("player.groups")), box("row wrap"):
        for group in groups:
            _membership(visit, player, group.id, group.name, mine)


def _membership(visit: Visit, player: Player, group_id: int, name: str, mine: set[int]) -> None:
    made = box("btn", "button").props("type=button").mark(f"member:{group_id}")
    with made:
        icon("check" if group_id in mine else "add")
        Text("span", name)

    def dress() -> None:
        inside = group_id in mine
        made.classes(add="on" if inside else "", remove="" if inside else "on")
        made.props(f'aria-pressed="{"true" if inside else "false"}"')

    def flip() -> None:
        players = visit.service.players
        change = players.leave if group_id in mine else players.join
        if visit.do(lambda actor: change(actor, player.id, group_id)):
            mine.symmetric_difference_update({group_id})
            dress()

    dress()
    made.on("click", flip)


def _consents(visit: Visit, player: Player, again: Callable[[], object]) -> None:
    """Names and bodies are kept only where somebody agreed; who, when and what for is kept with them."""
    words, players = visit.words, visit.service.players
    known = visit.ask(lambda actor: players.consents(actor, player.id)) or ()
    held = {each.purpose: each for each in known if each.withdrawn_at is None}
    with field(words("player.consents")):
        for consent in held.values():
            _held(visit, player, consent, again)
        with box("row wrap"):
            for purpose in [each for each in PURPOSES if each not in held]:
                _asking(visit, player, purpose, again)
    if "name" in held:
        _name(visit, player, again)
    if "body" in held:
        _body(visit, player, again)


def _held(visit: Visit, player: Player, consent: Consent, again: Callable[[], object]) -> None:
    words = visit.words

    def withdraw() -> None:
        end = visit.service.players.withdraw
        if visit.do(lambda actor: end(actor, player.id, consent.purpose), "saved.kept"):
            again()

    with box("row between wrap"):
        chip(words(f"consent.{consent.purpose}"), "good", "verified_user")
        Text("span", words("consent.by", who=consent.who, when=f"{consent.given_at:%Y-%m-%d}"), "small grow")
        button(words("consent.withdraw"), withdraw, kind="ghost", mark=f"withdraw:{consent.purpose}")


def _asking(visit: Visit, player: Player, purpose: Purpose, again: Callable[[], object]) -> None:
    words = visit.words(f"consent.record_{purpose}")
    button(
        words,
        lambda: _open_consent(visit, player, purpose, again),
        symbol="how_to_reg",
        kind="ghost",
        mark=f"consent:{purpose}",
    )


def _name(visit: Visit, player: Player, again: Callable[[], object]) -> None:
    with box("row").style("align-items:flex-end"):
        name = text_input(visit.words("player.name"), player.name or "", mark="real-name")

        def keep() -> None:
            wanted = name.value.strip() or None
            if visit.do(lambda actor: visit.service.players.set_name(actor, player.id, wanted), "saved.kept"):
                again()

        button(visit.words("save"), keep, symbol="check", mark="keep-name")


def _body(visit: Visit, player: Player, again: Callable[[], object]) -> None:
    words = visit.words
    sexes: dict[Sex, str] = {"female": words("player.female"), "male": words("player.male")}
    with box("row wrap").style("align-items:flex-end"):
        with field(words("player.sex")):
            sex = Choice(words("player.sex"), sexes, player.sex, mark="sex")
        mass = number_input(words("player.mass"), player.mass_kg, *MASS_KG, step=0.5, mark="mass")

        def keep() -> None:
            wanted = None if mass.value is None else float(mass.value)
            body = visit.service.players.set_body
            if visit.do(lambda actor: body(actor, player.id, sex=sex.value, mass_kg=wanted), "saved.kept"):
                again()

        button(words("save"), keep, symbol="check", mark="keep-body")


def _open_consent(visit: Visit, player: Player, purpose: Purpose, again: Callable[[], object]) -> None:
    words = visit.words
    with sheet(words(f"consent.record_{purpose}"), words("close"), slim=True) as dialog:
        Text("p", words(f"consent.why_{purpose}"), "muted")
        who = text_input(words("consent.who"), mark="consent-who")
        relations: dict[Relation, str] = {
            "guardian": words("consent.guardian"),
            "self": words("consent.self"),
        }
        relation = Choice(words("consent.relation"), relations, "guardian", mark="consent-relation")

        def keep() -> None:
            agreed = visit.do(
                lambda actor: visit.service.players.consent(
                    actor, player.id, purpose, who=who.value.strip(), relation=relation.value or "guardian"
                ),
                "saved.kept",
            )
            if agreed:
                dialog.close()
                again()

        with box("row end"):
            button(words("consent.agree"), keep, kind="go", symbol="check", mark="keep-consent")


def _confirm_delete(visit: Visit, player: Player, before: ui.dialog, done: Callable[[], None]) -> None:
    words = visit.words
    with sheet(words("player.delete"), words("close"), slim=True) as dialog:
        note(words("player.delete_sure", name=player.called(visit.language)), "bad", "warning")

        def erase() -> None:
            if visit.do(lambda actor: visit.service.players.erase(actor, player.id), "player.deleted"):
                dialog.close()
                before.close()
                done()

        with box("row end wrap"):
            button(words("cancel"), dialog.close, kind="ghost")
            button(
                words("player.delete_yes"), erase, kind="danger", symbol="delete_forever", mark="erase-yes"
            )


class EmblemChooser:
    """A sign and a color.

    Attributes:
        emblem: what is chosen.
    """

    def __init__(self, visit: Visit, emblem: Emblem, taken: list[Emblem]) -> None:
        self.emblem = emblem
        self._visit, self._taken = visit, taken
        self._place = box("row wrap top")
        self._draw()

    def _draw(self) -> None:
        self._place.clear()
        with self._place:
            with box("emblem").style("width:148px;cursor:default"):
                sign(self.emblem.sign, self.emblem.color, 72)
                Text("span", self.emblem.called(self._visit.language))
            with box("stack grow"):
                self._row("sign", list(SHAPES))
                self._row("color", list(COLORS))
                if self.emblem in self._taken:
                    Text("p", self._visit.words("player.taken"), "warn small")

    def _row(self, part: str, keys: list[str]) -> None:
        with (
            box("row wrap")
            .props(f'role="group" aria-label="{html.escape(self._visit.words(f"player.{part}"))}"')
            .style("gap:8px")
        ):
            for key in keys:
                shape: Sign = key if part == "sign" else self.emblem.sign  # type: ignore[assignment]
                color: EmblemColor = key if part == "color" else self.emblem.color  # type: ignore[assignment]
                made_of = Emblem(shape, color)
                chosen = made_of == self.emblem
                tile = box(f"btn round {'on' if chosen else ''}", "button").mark(f"{part}:{key}")
                name = html.escape(made_of.called(self._visit.language))
                pressed = "true" if chosen else "false"
                tile.props(f'type=button aria-pressed="{pressed}" aria-label="{name}"')
                with tile:
                    sign(shape, color, 30)
                tile.on("click", lambda made_of=made_of: self._choose(made_of))

    def _choose(self, emblem: Emblem) -> None:
        self.emblem = emblem
        self._draw()
