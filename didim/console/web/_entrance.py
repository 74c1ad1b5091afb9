"""Where forms are sent to begin and end a session: a page's own script never holds the session's key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from didim.console._door import Door, Entry
from didim.console._problems import ConsoleProblem, TooSoon, problem_words
from didim.console.web._gate import NEW_SECRET, SET_UP, SIGN_IN, SIGN_OUT
from didim.console.web._origin import address_of
from didim.console.web._who import give_cookie, session_key, take_cookie
from didim.words import Language

Field = Annotated[str, Form(max_length=4096)]


def entrance(door: Door) -> APIRouter:
    """The routes that the forms of the sign-in and set-up pages are sent to.

    `POST /sign-in` takes name, secret and next; `POST /new-secret` also new, and is where the former leads
    whoever needs one; `POST /set-up` takes code, name and secret; `POST /sign-out`
    takes nothing. Each leads on to a page. What went wrong stands in that page's address; `entry_problem`
    reads it.
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
        return _entered(request, lambda: door.set_up(code, name, secret, here), SET_UP, "/")

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


def _entered(request: Request, enter: Callable[[], Entry], back: str, onward: str) -> Response:
    try:
        entry = enter()
    except ConsoleProblem as problem:
        told = {"problem": problem.key, **{key: str(value) for key, value in problem.values.items()}}
        if onward != "/":
            told["next"] = onward
        back = NEW_SECRET if problem.key == "secret_outgrown" else back
        headers = {"Retry-After": str(problem.values["wait_s"])} if isinstance(problem, TooSoon) else None
        return RedirectResponse(f"{back}?{urlencode(told)}", 303, headers)
    response = RedirectResponse(onward, 303)
    give_cookie(response, entry, tls=request.url.scheme == "https")
    return response


def _own_path(path: str) -> str:
    """A path of this console; "/" for anything that could lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain and "\\" not in path else "/"
