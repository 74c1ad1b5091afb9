"""Settings: the site, who may come in, how long records stay, and one's own PIN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from didim.console.pages._access import TokenList, UserList, audit_card, secret_rule
from didim.console.pages._frame import frame, head, look_choices
from didim.console.pages._parts import (
    Choice,
    Count,
    Switch,
    Text,
    box,
    button,
    card,
    field,
    text_input,
)
from didim.console.pages._visit import Visit

RETENTION_DAYS = (7, 1095)
RETENTION_STEP = 7
BACKUPS = (1, 60)
LEADERBOARDS = ("off", "6+", "all")


def settings_page(visit: Visit) -> None:
    """Build the page; what somebody may not change is not shown to them."""
    words = visit.words
    with frame(visit, "settings"):
        with head(words("settings.title"), words("settings.sub")):
            pass
        with box("grid halves"):
            with box("stack wide"):
                _look(visit)
                _own_secret(visit)
                if visit.may("installer", "admin"):
                    _site(visit)
                if visit.may("admin"):
                    _records(visit)
                    _backups(visit)
            if visit.may("admin"):
                with box("stack wide"):
                    UserList(visit)
                    TokenList(visit)
                    audit_card(visit)


def _look(visit: Visit) -> None:
    with card(title=visit.words("settings.look")):
        Text("p", visit.words("settings.look_sub"), "tiny")
        look_choices(visit)


def _own_secret(visit: Visit) -> None:
    words = visit.words
    if visit.actor.user_id is None:
        return
    with card(title=words("settings.own_secret")):
        old = text_input(words("settings.old"), kind="password", mark="old-secret")
        new = text_input(words("settings.new"), kind="password", mark="new-secret")
        Text("p", secret_rule(visit, visit.actor.role), "tiny")

        def change() -> None:
            if visit.do(
                lambda actor: visit.service.users.set_own_secret(actor, old.value, new.value),
                "settings.secret_changed",
            ):
                old.set_value("")
                new.set_value("")

        with box("row end"):
            button(words("settings.change"), change, symbol="key", mark="change-secret")


def _put(visit: Visit, name: str) -> Callable[[object], bool]:
    """What keeps a setting."""
    return lambda value: visit.do(lambda actor: visit.service.settings.set(actor, name, value), "saved.kept")


def _site(visit: Visit) -> None:
    """What the place is called, and from where the console may be opened."""
    words = visit.words
    kept = visit.ask(visit.service.settings.all) or {}
    with card(title=words("settings.site")):
        site = text_input(words("settings.site_name"), str(kept.get("site_name", "")), mark="site-name")
        site.on(
            "blur",
            lambda: (
                site.value.strip() != kept.get("site_name", "")
                and _put(visit, "site_name")(site.value.strip())
            ),
        )
        Switch(
            words("settings.network"),
            bool(kept.get("network", False)),
            _put(visit, "network"),
            mark="network",
        )
        Text("p", words("settings.network_sub"), "tiny")
        names = text_input(
            words("settings.host_names"),
            ", ".join(kept.get("host_names", ())),
            hint="didim.local",
            mark="host-names",
        )

        def keep() -> None:
            wanted = [each for each in names.value.replace(",", " ").split() if each]
            if wanted != list(kept.get("host_names", ())):
                _put(visit, "host_names")(wanted)

        names.on("blur", keep)


def _records(visit: Visit) -> None:
    """How long, under which names, and who sees whom beside whom."""
    words = visit.words
    kept = visit.ask(visit.service.settings.all) or {}

    with card(title=words("settings.records")):
        with field(words("settings.report_language")):
            Choice(
                words("settings.report_language"),
                {"ko": "한국어", "en": "English"},
                kept.get("language", "ko"),
                _put(visit, "language"),
                mark="report-language",
            )
        _kept_for(visit, kept)
        with field(words("settings.leaderboards")):
            options = {
                key: words(f"settings.leaderboards_{key.replace('+', '_plus')}") for key in LEADERBOARDS
            }
            Choice(
                words("settings.leaderboards"),
                options,
                kept.get("leaderboards", "6+"),
                _put(visit, "leaderboards"),
                classes="seg wrap",
                mark="leaderboards",
            )


def _kept_for(visit: Visit, kept: Mapping[str, Any]) -> None:
    """How long, and under which names."""
    words = visit.words
    with field(words("settings.retention")):
        Count(
            words("settings.retention"),
            int(kept.get("retention_days", 180)),
            *RETENTION_DAYS,
            _put(visit, "retention_days"),
            step=RETENTION_STEP,
            unit=words("unit.days"),
            mark="retention",
        )
        Text("p", words("settings.retention_sub"), "tiny")
    Switch(
        words("settings.real_names"),
        bool(kept.get("real_names", False)),
        _put(visit, "real_names"),
        mark="real-names",
    )
    Text("p", words("settings.real_names_sub"), "tiny")


def _backups(visit: Visit) -> None:
    words = visit.words
    kept = visit.ask(visit.service.settings.all) or {}
    with card(title=words("settings.backups")):
        with field(words("settings.backups_kept")):
            Count(
                words("settings.backups_kept"),
                int(kept.get("backups_kept", 14)),
                *BACKUPS,
                _put(visit, "backups_kept"),
                mark="backups",
            )
        Text("p", words("settings.backups_sub"), "tiny")
        with box("row end"):
            button(
                words("settings.back_up_now"),
                lambda: visit.do(visit.service.settings.back_up, "settings.backed_up"),
                symbol="save",
                mark="back-up",
            )
