"""docs/measures.md says what the code does."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from didim.records import Marks
from didim.records._site import DEFAULTS
from didim.records.measures import _limits

PAGE = (Path(__file__).parents[2] / "docs" / "measures.md").read_text("utf-8")
PLAIN = {
    name: value for name, value in vars(_limits).items() if name.isupper() and isinstance(value, int | float)
}


def figures(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize("name", PLAIN)
def test_every_figure_is_told(name: str) -> None:
    """In a table's second column, or as `NAME` = value."""
    in_text = [float(found) for found in re.findall(rf"`{name}`\s*=\s*(\d+(?:\.\d+)?)", PAGE)]
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line[:2] == "| "
    ]
    in_table = []
    for cells in rows:
        names = re.findall(r"`(\w+)`", cells[0])
        if name in names:
            in_table.append(figures(cells[1].replace(",", " ,"))[names.index(name)])
    assert in_text + in_table, f"docs/measures.md does not tell {name}"
    assert set(in_text + in_table) == {PLAIN[name]}


@pytest.mark.parametrize("age", _limits.YOUTH_CADENCE)
def test_the_cadence_of_children_is_told(age: int) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `YOUTH_CADENCE` at {age} ")]
    assert tuple(figures(row.split("|")[2])) == _limits.YOUTH_CADENCE[age]


def test_the_cadence_of_adults_is_told() -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith("| `ADULT_CADENCE` ")]
    assert tuple(figures(row.split("|")[2])) == _limits.ADULT_CADENCE


@pytest.mark.parametrize(("sex", "row"), [("male", "boys"), ("female", "girls")])
def test_schofields_equations_are_told(sex: str, row: str) -> None:
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {row} |")]
    young, old = (tuple(figures(cell)) for cell in line.split("|")[2:4])
    assert young == _limits.SCHOFIELD[sex, 3]
    assert old == _limits.SCHOFIELD[sex, 10]


@pytest.mark.parametrize("name", Marks.__slots__)
def test_every_column_of_an_export_is_told(name: str) -> None:
    table = PAGE.split("## In exports")[1].split("##")[0]
    assert any(f"`{name}`" in line.split("|")[1] for line in table.splitlines() if line.startswith("| "))


@pytest.mark.parametrize("name", DEFAULTS)
def test_every_setting_of_a_site_is_told(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
    default = row.split("|")[2].strip(" `")
    value = {True: "on", False: "off"}.get(DEFAULTS[name], DEFAULTS[name])
    assert default == str(value)


def test_no_figure_hides_in_the_other_files() -> None:
    """Whoever adds a limit elsewhere would not have to tell it."""
    folder = Path(inspect.getfile(_limits)).parent
    found = {
        f"{path.name}: {target.id}"
        for path in folder.glob("*.py")
        if path.name != "_limits.py"
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }
    assert found == {
        "_energy.py: MINUTES_A_DAY",
        "_meter.py: FRAME_S",
        "_reaction.py: SAME_M",
        "_reaction.py: BESIDE_M",
    }
