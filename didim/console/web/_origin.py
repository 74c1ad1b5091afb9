"""Where a request comes from: for which host, from which website, and whether it never left the rig."""

from __future__ import annotations

import ipaddress
import platform
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""A proxy on the rig itself would make the whole network look like loopback; it tells on itself by these."""


def host_of(netloc: str) -> str:
    """The host in "host:port" or "[address]:port", lower-case, without a last dot; "" for what is none."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this very computer."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def is_allowed_host(netloc: str, names: Callable[[], Iterable[str]]) -> bool:
    """Whether a request for this host may be answered; `names` gives those beside the rig's own.

    Another website can make a browser believe that its own name is the rig's address (DNS rebinding), but it
    cannot make it ask for an address or for a name that belongs to the rig.
    """
    host = host_of(netloc)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        own = platform.node().split(".")[0].lower()
        return host in {"localhost", own, f"{own}.local"} or host in {name.lower() for name in names()}
    return True


def is_foreign(headers: Headers) -> bool:
    """Whether another website sent this, as the browser says."""
    origin = headers.get("origin")
    if origin is not None:
        parts = urlsplit(origin)
        default = {"http": 80, "https": 443, "ws": 80, "wss": 443}.get(parts.scheme)
        try:
            sent_to = urlsplit(f"//{headers.get('host', '')}")
            same_host = bool(parts.hostname) and parts.hostname == sent_to.hostname
            return not (same_host and (parts.port or default) == (sent_to.port or default))
        except ValueError:
            return True
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def never_left_the_rig(scope: Scope, headers: Headers) -> bool:
    """Whether this came from a program on this computer, sent by no website and through no proxy."""
    client = scope.get("client")
    return (
        client is not None
        and is_loopback(client[0])
        and is_loopback(host_of(headers.get("host", "")))
        and not any(name in headers for name in FORWARDED)
        and not is_foreign(headers)
    )


def address_of(scope: Scope) -> str:
    """The address that wrong tries are counted for; of IPv6 its network, all of which may be one client."""
    client = scope.get("client")
    if client is None:
        return "unknown"
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return str(client[0])
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
