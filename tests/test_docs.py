"""What a person can set is written down where they look for it."""

from __future__ import annotations

import configparser
import inspect
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from didim.capture import DRIVERS
from didim.capture._camera import driver
from didim.cli._app import app, load_others
from didim.people import EventKind
from didim.pose import ENGINES
from didim.pose._net import PROVIDERS
from didim.pose.layouts import LAYOUTS
from didim.rig import TABLES

load_others()
REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"


def commands() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]  # a group
        inner = getattr(command, "commands", None)
        found |= {f"{name} {each}": c for each, c in inner.items()} if inner else {name: command}
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = commands()[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"didim {name} {parameter.name}"


def test_every_key_of_the_rig_file_is_in_its_page() -> None:
    page = (DOCS / "rig.md").read_text("utf-8")
    for table in TABLES:
        for key in table.__struct_fields__:
            assert f"`{key}`" in page or f"[{key}]" in page, key


@pytest.mark.parametrize("kind", DRIVERS)
def test_every_setting_of_a_camera_driver_is_in_the_rig_page(kind: str) -> None:
    page = (DOCS / "rig.md").read_text("utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| `{kind}` |")]
    for setting in inspect.signature(driver(kind)).parameters:
        if not setting.startswith("_"):
            assert f"`{setting}`" in row, f"{kind}: {setting}"


def test_every_layout_and_provider_is_in_the_page_on_engines() -> None:
    page = (DOCS / "engines.md").read_text("utf-8")
    for layout in LAYOUTS:
        assert f"| `{layout}` |" in page, layout
    for name in (*PROVIDERS, *ENGINES):
        assert f"`{name}`" in page, name


def test_every_environment_variable_is_documented() -> None:
    sources = [*REPOSITORY.glob("didim/**/*.py"), *REPOSITORY.glob("calibration/**/*.py")]
    named = {name for path in sources for name in re.findall(r"DIDIM_[A-Z_]+", path.read_text("utf-8"))}
    pages = "".join(page.read_text("utf-8") for page in DOCS.glob("*.md"))
    assert {name for name in named if f"`{name}" not in pages} == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in [REPOSITORY / "README.md", *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_kind_of_event_is_in_the_page_for_authors() -> None:
    page = (DOCS / "writing-a-game.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    for kind in get_args(EventKind):
        assert any(f"`{kind}`" in row for row in rows), kind


def test_the_service_of_the_instructors_page_is_whole() -> None:
    """What systemd needs to start it, keep it up and find it again; and a command that there is."""
    page = (DOCS / "instructors.md").read_text("utf-8")
    (unit,) = re.findall(r"```ini\n(.*?)```", page, re.DOTALL)
    service = configparser.ConfigParser(interpolation=None)
    service.optionxform = str  # type: ignore[assignment, method-assign]  # systemd minds capitals
    service.read_string(unit)
    assert service["Install"]["WantedBy"]
    assert service["Unit"]["After"] == service["Install"]["WantedBy"]
    assert service["Service"]["Restart"] == "always"
    binary, command, *options = service["Service"]["ExecStart"].split()
    assert binary.startswith(service["Service"]["WorkingDirectory"])
    known = {name for parameter in commands()[command].params for name in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= known


def test_the_instructors_page_calls_buttons_as_the_console_does() -> None:
    words = tomllib.loads((REPOSITORY / "didim" / "console" / "pages" / "words.toml").read_text("utf-8"))[
        "en"
    ]
    page = (DOCS / "instructors.md").read_text("utf-8")
    now = [words["now"][key] for key in ("pause", "skip", "end", "go_on", "safe", "surface_language")]
    others = [words["players"]["check_in"], words["sessions"]["another"], words["games"]["play_now"]]
    for label in (*now, *others, words["now"]["seen_fair"], words["now"]["seen_poor"]):
        assert f"**{label}**" in page, label
    assert f"**{words['now']['safe']}**" in (DOCS / "installers.md").read_text("utf-8")


def test_every_figure_that_a_page_sends_its_reader_to_is_measured() -> None:
    measured = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "measurements.md").read_text("utf-8"), re.MULTILINE))
    for page in ("instructors.md", "measures.md"):
        text = (DOCS / page).read_text("utf-8")
        named = set(re.findall(r"`(idf1|id_switches|\w+_off|contact_error_ms)`", text))
        assert named, page
        assert named <= measured, named - measured
