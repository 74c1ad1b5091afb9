"""Access: who may sign in and as what, programs with a token, and what was done."""

from __future__ import annotations

from collections.abc import Callable

from didim.console import ROLES, Role
from didim.console._secrets import LEAST
from didim.console.pages._parts import (
    Choice,
    Text,
    box,
    button,
    card,
    chip,
    field,
    note,
    select,
    sheet,
    table,
    text_input,
)
from didim.console.pages._visit import Visit
from didim.records import Token, User

AUDIT_ROWS = 40
ROLE_SYMBOLS = {"instructor": "school", "installer": "build", "admin": "key"}


class UserList:
    """Who may sign in."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        with card():
            with box("row between"):
                Text("h2", visit.words("settings.users"))
                button(visit.words("settings.add_user"), self._add, symbol="person_add", mark="add-user")
            self._place = box("list")
        self.refresh()

    def refresh(self) -> None:
        words = self._visit.words
        self._place.clear()
        with self._place:
            for user in self._visit.ask(self._visit.service.users.listed) or ():
                with box("row between"):
                    with box("stack close grow"):
                        Text("b", user.name)
                        chip(words(f"role.{user.role}"), symbol=ROLE_SYMBOLS[user.role])
                    button(
                        words("settings.edit_user", name=user.name),
                        lambda user=user: self._open(user),
                        symbol="more_horiz",
                        kind="ghost",
                        quiet=True,
                        mark=f"user:{user.id}",
                    )

    def _add(self) -> None:
        words, visit = self._visit.words, self._visit
        with sheet(words("settings.add_user"), words("close"), slim=True) as dialog:
            name = text_input(words("door.name"), mark="user-name")
            secret = text_input(words("settings.first_secret"), kind="password", mark="user-secret")
            rule = Text("p", secret_rule(visit, "instructor"), "tiny")
            role = _role(visit, "instructor", lambda chosen: rule.set_text(secret_rule(visit, chosen)))

            def keep() -> None:
                if visit.do(
                    lambda actor: visit.service.users.add(
                        actor, name.value.strip(), role.value or "instructor", secret.value
                    ),
                    "saved.kept",
                ):
                    dialog.close()
                    self.refresh()

            with box("row end"):
                button(words("save"), keep, kind="go", symbol="check", mark="keep-user")

    def _open(self, user: User) -> None:
        words, visit = self._visit.words, self._visit
        with sheet(user.name, words("close"), slim=True) as dialog:

            def done(change: Callable[..., object]) -> None:
                if visit.do(change, "saved.kept"):
                    dialog.close()
                    self.refresh()

            role = _role(visit, user.role)
            button(
                words("settings.set_role"),
                lambda: done(
                    lambda actor: visit.service.users.set_role(actor, user.id, role.value or user.role)
                ),
                symbol="badge",
                classes="wide",
                mark="set-role",
            )
            secret = text_input(words("settings.new"), kind="password", mark="reset-secret")
            Text("p", secret_rule(visit, user.role), "tiny")
            button(
                words("settings.set_secret"),
                lambda: done(lambda actor: visit.service.users.set_secret(actor, user.id, secret.value)),
                symbol="key",
                classes="wide",
                mark="set-secret",
            )
            button(
                words("settings.remove_user"),
                lambda: done(lambda actor: visit.service.users.remove(actor, user.id)),
                symbol="person_remove",
                kind="danger",
                classes="wide",
                mark="remove-user",
            )


def secret_rule(visit: Visit, role: Role) -> str:
    """What a PIN or password of that role has to be like."""
    return visit.words("door.secret_rule", least=LEAST[role])


def _role(visit: Visit, role: Role, on_change: Callable[[Role], object] | None = None) -> Choice[Role]:
    with field(visit.words("settings.role")):
        made: Choice[Role] = Choice(
            visit.words("settings.role"),
            {each: visit.words(f"role.{each}") for each in ROLES},
            role,
            on_change,
            symbols=ROLE_SYMBOLS,
            classes="seg wrap",
            mark="role",
        )
        Text("p", visit.words("settings.role_sub"), "tiny")
    return made


class TokenList:
    """Programs that may use the HTTP API."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        with card():
            with box("row between"):
                Text("h2", visit.words("settings.tokens"))
                button(visit.words("settings.add_token"), self._add, symbol="vpn_key", mark="add-token")
            self._place = box("list")
        self.refresh()

    def refresh(self) -> None:
        self._place.clear()
        found = self._visit.ask(self._visit.service.users.tokens) or ()
        with self._place:
            for token in found:
                self._row(token)
            if not found:
                Text("p", self._visit.words("settings.no_tokens"), "muted")

    def _row(self, token: Token) -> None:
        words = self._visit.words
        with box("row between"):
            with box("stack close grow"):
                Text("b", token.name)
                chip(words(f"role.{token.role}"))
            name = words("settings.remove_token", name=token.name)
            button(name, lambda: self._remove(token), symbol="delete", kind="ghost", quiet=True)

    def _remove(self, token: Token) -> None:
        if self._visit.do(
            lambda actor: self._visit.service.users.remove_token(actor, token.id), "saved.kept"
        ):
            self.refresh()

    def _add(self) -> None:
        words, visit = self._visit.words, self._visit
        with sheet(words("settings.add_token"), words("close"), slim=True) as dialog:
            name = text_input(words("settings.token_name"), mark="token-name")
            role = _role(visit, "instructor")
            days = select(
                words("settings.token_days"),
                {None: words("settings.no_end"), 30: "30", 90: "90", 365: "365"},
                90,
                mark="token-days",
            )

            def keep() -> None:
                made = visit.ask(
                    lambda actor: visit.service.users.add_token(
                        actor, name.value.strip(), role.value or "instructor", days.value
                    )
                )
                if made is not None:
                    dialog.close()
                    self.refresh()
                    _show_token(visit, made.token)

            with box("row end"):
                button(words("save"), keep, kind="go", symbol="check", mark="keep-token")


def _show_token(visit: Visit, token: str) -> None:
    with sheet(visit.words("settings.token_made"), visit.words("close"), slim=True):
        note(visit.words("settings.token_once"), "warn", "warning")
        Text("code", token).style("overflow-wrap:anywhere;font-size:18px;user-select:all")


def audit_card(visit: Visit) -> None:
    words = visit.words
    entries = visit.ask(visit.service.settings.audit) or ()
    with card(title=words("settings.audit")):
        Text("p", words("settings.audit_sub"), "tiny")
        rows = [
            (
                f"{entry.at.astimezone():%Y-%m-%d %H:%M %Z}",
                entry.action,
                "" if entry.user_id is None else str(entry.user_id),
                "" if entry.subject_id is None else str(entry.subject_id),
            )
            for entry in entries[:AUDIT_ROWS]
        ]
        table((words("audit.when"), words("audit.what"), words("audit.who"), words("audit.whom")), rows)
