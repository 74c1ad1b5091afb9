"""How long to wait after wrong tries: longer with each, for the name and for the address that tried."""

from __future__ import annotations

from dataclasses import dataclass

FREE_TRIES = 3
"""Wrong tries that cost nothing yet: a thumb slips."""
FORGOTTEN_AFTER_S = 3600.0
KEPT_MOST = 10_000
"""Who tries under ever new names fills no memory."""


@dataclass(frozen=True, slots=True)
class _Tries:
    wrong: int
    last_s: float
    until_s: float


class Patience:
    """Counts wrong tries by key and says how long each key has to wait.

    The first three cost nothing; then 1 s, doubled with each, up to `longest_s`.
    """

    def __init__(self, longest_s: float) -> None:
        self._longest_s = longest_s
        self._tries: dict[str, _Tries] = {}

    def wait_s(self, key: str, now_s: float) -> float:
        """Seconds until the next try of `key` counts; 0 when it does now."""
        tries = self._tries.get(key)
        return max(0.0, tries.until_s - now_s) if tries else 0.0

    def wrong(self, key: str, now_s: float) -> None:
        """Note a wrong try."""
        before = self._tries.pop(key, None)  # to the end of the dict, which is by age
        if before is None or now_s - before.last_s > FORGOTTEN_AFTER_S:
            before = _Tries(0, now_s, now_s)
        wrong = before.wrong + 1
        over = min(wrong - FREE_TRIES, 30)
        delay_s = min(self._longest_s, 2.0 ** (over - 1)) if over > 0 else 0.0
        self._tries[key] = _Tries(wrong, now_s, now_s + delay_s)
        while len(self._tries) > KEPT_MOST:
            del self._tries[next(iter(self._tries))]

    def right(self, key: str) -> None:
        """Forget the wrong tries of a key that got it right."""
        self._tries.pop(key, None)
