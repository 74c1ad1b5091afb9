"""PINs, passwords, session keys and tokens: how they are made, judged and kept."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from didim.console._problems import Invalid
from didim.records import Role

LEAST: dict[Role, int] = {"instructor": 6, "installer": 8, "admin": 8}
"""The fewest characters of a PIN or password; NIST SP 800-63B takes six where tries are limited."""
MOST = 128
TOKEN_PREFIX = "didim_"
"""So that a token that leaks is known for what it is."""

HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1)
"""Argon2id with 64 MiB and 3 passes (RFC 9106, section 4), on one lane: a game plays beside it."""


def check_secret(secret: str, name: str, role: Role) -> None:
    """Raises Invalid where a PIN or password is too short or easily guessed."""
    if len(secret) < LEAST[role]:
        raise Invalid("secret_short", least=LEAST[role])
    if len(secret) > MOST:
        raise Invalid("secret_long", most=MOST)
    folded = secret.casefold()
    if folded == name.casefold() or len(set(folded)) < 3 or _is_run(folded):
        raise Invalid("secret_easy")


def _is_run(text: str) -> bool:
    """Whether each character follows its neighbour: 123456, 987654, abcdef, and 1234567890."""
    steps = {(ord(after) - ord(before)) % 10 for before, after in itertools.pairwise(text)}
    return steps in ({1}, {9})


def hashed_secret(secret: str, hasher: PasswordHasher = HASHER) -> str:
    """What is kept of a PIN or password: an argon2id hash with its salt and cost."""
    return hasher.hash(secret)


def secret_fits(kept: str, secret: str, hasher: PasswordHasher = HASHER) -> bool:
    """Whether `secret` is what `kept` was made of."""
    try:
        return hasher.verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False


def new_key() -> str:
    """256 random bits for a cookie or a token; no guess finds it, so a plain hash keeps it safe."""
    return secrets.token_urlsafe(32)


def hashed_key(key: str) -> str:
    """What is kept of a session's key or a token."""
    return hashlib.sha256(key.encode()).hexdigest()


def csrf_of(key: str) -> str:
    """The word that a page of this session adds to what it changes; nobody else can tell it."""
    return hmac.new(key.encode(), b"csrf", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing of them."""
    return hmac.compare_digest(one.encode(), other.encode())


def new_code() -> str:
    """The one-time code of the first set-up: eight digits in two groups, easy to read across a room."""
    return f"{secrets.randbelow(10_000):04d}-{secrets.randbelow(10_000):04d}"
