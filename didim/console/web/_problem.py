"""Problems as HTTP tells them: application/problem+json (RFC 9457), in the language that was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response

from didim.console._problems import ConsoleProblem, TooSoon
from didim.problem import Problem
from didim.words import Language

MEDIA_TYPE = "application/problem+json"


class ProblemResponse(Response):
    """One problem, told to a program and to a person."""

    media_type = MEDIA_TYPE

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        title = HTTPStatus(status).phrase
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
        super().__init__(json.dumps(body, ensure_ascii=False), status, dict(headers or {}))


def language_of(headers: Headers) -> Language:
    """Korean where a client prefers it to English; else English."""
    wanted = []
    for part in headers.get("accept-language", "").split(","):
        found = re.match(r"\s*(ko|en)\b[^;]*(?:;\s*q=([\d.]+))?", part, re.IGNORECASE)
        if found:
            wanted.append((-float(found[2] or 1) if _is_number(found[2]) else 0.0, found[1].lower()))
    return "ko" if wanted and min(wanted, key=lambda each: each[0])[1] == "ko" else "en"


def _is_number(text: str | None) -> bool:
    return text is None or re.fullmatch(r"\d(\.\d*)?", text) is not None


def response_of(problem: Problem, language: Language) -> ProblemResponse:
    """The answer that a problem makes."""
    if isinstance(problem, TooSoon):
        wait = {"Retry-After": str(int(problem.wait_s) + 1)}
        return ProblemResponse(problem.status, problem.told(language), headers=wait, key=problem.key)
    if isinstance(problem, ConsoleProblem):
        bearer = {"WWW-Authenticate": "Bearer"} if problem.status == HTTPStatus.UNAUTHORIZED else None
        return ProblemResponse(problem.status, problem.told(language), headers=bearer, key=problem.key)
    return ProblemResponse(HTTPStatus.UNPROCESSABLE_ENTITY, str(problem))


def tell_problems(app: FastAPI) -> None:
    """Have every error of this application answered as problem+json."""

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return response_of(error, language_of(request.headers))

    async def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return ProblemResponse(error.status_code, str(error.detail), headers=error.headers)

    async def malformed(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        wrong = [
            {"at": "/".join(str(step) for step in each["loc"]), "expected": each["msg"]}
            for each in error.errors()
        ]
        detail = "; ".join(f"{each['at']}: {each['expected']}" for each in wrong)
        return ProblemResponse(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=wrong)

    app.add_exception_handler(Problem, problem)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, malformed)
