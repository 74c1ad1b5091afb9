"""What stands between the network and the service: hosts and origins, headers, cookies, who asks."""

from didim.console.web._entrance import entrance, entry_problem, typed_before
from didim.console.web._gate import Gate
from didim.console.web._problem import MEDIA_TYPE, ProblemResponse, language_of, tell_problems
from didim.console.web._shield import Shield
from didim.console.web._who import CSRF_HEADER, client_actor, cookie_name, page_actor

__all__ = [
    "CSRF_HEADER",
    "MEDIA_TYPE",
    "Gate",
    "ProblemResponse",
    "Shield",
    "client_actor",
    "cookie_name",
    "entrance",
    "entry_problem",
    "language_of",
    "page_actor",
    "tell_problems",
    "typed_before",
]
