"""The service layer: everything that a page or the HTTP API may do, with who does it checked inside.

```
page, API ──actor──▶ [ permissions ] ──▶ floor, games, users, … ──▶ desk (the rig), book (the records)
```

Each area is a class whose public methods take the actor first; `didim.console.PERMISSIONS` says which roles
may call which.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from argon2 import PasswordHasher

from didim.console._door import Clock, Door
from didim.console._floor import Floor
from didim.console._games import Games
from didim.console._plans import Plans
from didim.console._players import Players
from didim.console._records import Records
from didim.console._rig import Rig
from didim.console._secrets import HASHER
from didim.console._settings import Settings
from didim.console._users import Users
from didim.play import GamePack
from didim.records import Book
from didim.run.desk import Desk
from didim.run.lending import Devices


class Service:
    """All areas over one rig and one book of records.

    Attributes:
        door: who comes in; the only part that takes no actor, for it makes them.
        floor: what plays now. games: the catalog. plans: sessions, saved and begun.
        players: players, groups, consents. records: what was played.
        settings: the site's. rig: how it goes, and measuring it. users: users, roles, PINs, tokens.

    Any thread may call any of it. `backups` is the folder where backups go; None: none are made here.
    `devices` lends the rig's cameras and displays; None: nobody holds them.
    """

    def __init__(
        self,
        desk: Desk,
        book: Book,
        catalog: Mapping[str, GamePack],
        clock: Clock,
        *,
        backups: Path | None = None,
        devices: Devices | None = None,
        hasher: PasswordHasher = HASHER,
    ) -> None:
        self.door = Door(book, clock, hasher)
        self.floor = Floor(self.door, desk, catalog)
        self.games = Games(self.door, book, catalog)
        self.plans = Plans(self.door, desk, book, catalog, self.floor, clock)
        self.players = Players(self.door, book, clock)
        self.records = Records(self.door, book, catalog, clock)
        self.settings = Settings(self.door, book, backups)
        self.rig = Rig(self.door, desk, book, clock, devices)
        self.users = Users(self.door, book, clock, hasher)
