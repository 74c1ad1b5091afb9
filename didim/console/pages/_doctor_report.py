"""The doctor's report for a page, asked of the `didim doctor` command in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from didim.problem import Problem
from didim.words import Language

LOOKS_MOST_S = 60.0
COMMAND = "import sys; from didim.cli import main; sys.argv = ['didim', 'doctor', *sys.argv[1:]]; main()"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a game needs; see `didim.cli.doctor`."""

    subject: str
    status: str
    sentence: str
    remedy: str = ""


def diagnosed(language: Language) -> tuple[Finding, ...]:
    """What the doctor finds, in that language; takes seconds.

    Raises:
        Problem: it gave no report.
    """
    try:
        asked = subprocess.run(
            [sys.executable, "-c", COMMAND, "--json", "--language", language],
            capture_output=True,
            text=True,
            timeout=LOOKS_MOST_S,
            check=False,
        )
        found = json.loads(asked.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as cause:
        raise Problem(f"`didim doctor` gave no report ({cause}); run it on the rig's computer") from None
    return tuple(Finding(each["subject"], each["status"], each["sentence"], each["remedy"]) for each in found)
