"""The OpenAPI description: what FastAPI finds, with problems and the live state as they really are sent."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI

from didim.console._rig import Health
from didim.console.web import MEDIA_TYPE
from didim.run.live import Live

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `detail` says what was expected, what was got and what to do.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "key": {"type": "string", "description": "Names the problem, whatever the language."},
        "errors": {
            "type": "array",
            "description": "What is wrong with the request, place by place.",
            "items": {
                "type": "object",
                "required": ["at", "expected"],
                "properties": {"at": {"type": "string"}, "expected": {"type": "string"}},
            },
        },
    },
}

TOLD = {
    400: "The request could not be read.",
    401: "Nobody is known by what was shown.",
    403: "The role may not do this, or a cookie came without its CSRF token.",
    404: "There is nothing of that name or number.",
    409: "It cannot be done as things stand now.",
    413: "The request is too large.",
    422: "What was asked for cannot be.",
    429: "Too many wrong tries; Retry-After says when the next one counts.",
    503: "A part of the rig does not answer, or results could not be kept.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": words,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, words in TOLD.items()
}
"""What any route may answer beside what it is for."""


def described(api: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if api.openapi_schema is None:
        whole = FastAPI.openapi(api)
        schemas = whole["components"]["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas["Problem"] = PROBLEM
        _, told = msgspec.json.schema_components([Live, Health], ref_template="#/components/schemas/{name}")
        schemas.update(told)
        api.openapi_schema = whole
    return api.openapi_schema
