"""Where forms are sent to begin and end a session: a page's own script never holds the session's key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from didim.console._door import Door, Entry
from didim.console._problems import ConsoleProblem, TooSoon, problem_words
from didim.console.web._gate import NEW_SECRET, SET_UP, SIGN_IN, SIGN_OUT
from didim.console.web._origin import address_of
from didim.console.web._who import give_cookie, session_key, take_cookie
from didim.words import Language

TYPED, TYPED_S, TYPED_MOST = "didim_typed", 60, 1000
"""The cookie that holds what was typed in vain: for so long, in so many characters at most."""

Field = Annotated[str, Form(max_length=4096)]


def entrance(door: Door) -> APIRouter:
    """The routes that the forms of the sign-in and set-up pages are sent to.

    `POST /sign-in` takes name, secret and next; `POST /new-secret` also new, and is where the former leads
    whoever needs one; `POST /set-up` takes code, name and secret; `POST /sign-out`
    takes nothing. Each leads on to a page. What went wrong stands in that page's address; `entry_problem`
    reads it. What was typed in the set-up beside the secret comes back as a cookie; `typed_before` reads it.
    """
    router = APIRouter()

    @router.post(SIGN_IN)
    def sign_in(request: Request, name: Field = "", secret: Field = "", next: Field = "/") -> Response:  # noqa: A002
        here = address_of(request.scope)
        return _entered(request, lambda: door.sign_in(name, secret, here), SIGN_IN, _own_path(next))

    @router.post(NEW_SECRET)
    def new_secret(
        request: Request,
        name: Field = "",
        secret: Field = "",
        new: Field = "",
        next: Field = "/",  # noqa: A002
    ) -> Response:
        here = address_of(request.scope)
        onward = _own_path(next)
        return _entered(request, lambda: door.sign_in(name, secret, here, new=new), NEW_SECRET, onward)

    @router.post(SET_UP)
    def set_up(request: Request, code: Field = "", name: Field = "", secret: Field = "") -> Response:
        here = address_of(request.scope)
        return _entered(
            request, lambda: door.set_up(code, name, secret, here), SET_UP, "/", code=code, name=name
        )

    @router.post(SIGN_OUT)
    def sign_out(request: Request) -> Response:
        door.sign_out(session_key(request))
        response = RedirectResponse(SIGN_IN, 303)
        take_cookie(response, tls=request.url.scheme == "https")
        return response

    return router


def entry_problem(query: Mapping[str, str], language: Language) -> str | None:
    """What went wrong with the form that led to this page, or None."""
    text = problem_words(language).get(query.get("problem", ""))
    if text is None:
        return None
    try:
        return text.format(**query)
    except (KeyError, IndexError, ValueError):
        return None


def typed_before(request: Request) -> dict[str, str]:
    """What stood in the form that led to this page, by its fields' names; secrets never do."""
    if "problem" not in request.query_params:
        return {}
    return dict(parse_qsl(request.cookies.get(TYPED, "")))


def _entered(request: Request, enter: Callable[[], Entry], back: str, onward: str, **typed: str) -> Response:
    try:
        entry = enter()
    except ConsoleProblem as problem:
        told = {"problem": problem.key, **{key: str(value) for key, value in problem.values.items()}}
        if onward != "/":
            told["next"] = onward
        back = NEW_SECRET if problem.key == "secret_outgrown" else back
        headers = {"Retry-After": str(problem.values["wait_s"])} if isinstance(problem, TooSoon) else None
        response = RedirectResponse(f"{back}?{urlencode(told)}", 303, headers)
        # A cookie, for an address is kept in the browser's history; what is too long for one is typed anew.
        if typed and len(kept := urlencode(typed)) <= TYPED_MOST:
            tls = request.url.scheme == "https"
            response.set_cookie(TYPED, kept, max_age=TYPED_S, httponly=True, samesite="strict", secure=tls)
        return response
    response = RedirectResponse(onward, 303)
    if typed:
        response.delete_cookie(TYPED)
    give_cookie(response, entry, tls=request.url.scheme == "https")
    return response


def _own_path(path: str) -> str:
    """A path of this console; "/" for anything that could lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain and "\\" not in path else "/"
