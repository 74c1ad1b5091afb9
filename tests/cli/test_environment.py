"""A broken installation is named, with the command that mends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from didim.cli._environment import (
    DEBIAN_PACKAGES,
    environment_problems,
    library_problems,
    package_problems,
)


class Site:
    """A folder of installed packages, as far as their names and modules go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def install(self, name: str, module: str | None) -> None:
        info = self._folder / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        if module is not None:
            (self._folder / module).mkdir(exist_ok=True)
            (self._folder / module / "__init__.py").touch()

    def problems(self) -> tuple[str, ...]:
        return package_problems([str(self._folder)])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.install("opencv-contrib-python", "cv2")
    site.install("pygame-ce", "pygame")
    return site


def test_the_installation_that_runs_these_tests_is_whole() -> None:
    assert environment_problems() == ()


def test_looking_imports_none_of_the_packages() -> None:
    code = (
        "import sys; from didim.cli._environment import environment_problems; environment_problems();"
        "print(sorted({'cv2', 'pygame', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_right_packages_alone_are_no_problem(site: Site) -> None:
    assert site.problems() == ()


@pytest.mark.parametrize(
    ("rival", "module", "wanted"),
    [
        ("opencv-python", "cv2", "opencv-contrib-python"),
        ("opencv-python-headless", "cv2", "opencv-contrib-python"),
        ("opencv-contrib-python-headless", "cv2", "opencv-contrib-python"),
        ("pygame", "pygame", "pygame-ce"),
    ],
)
def test_two_packages_of_one_folder_are_named_and_both_go(
    site: Site, rival: str, module: str, wanted: str
) -> None:
    site.install(rival, module)
    (problem,) = site.problems()
    assert problem.startswith(f"{rival} and {wanted} share one folder, {module}")
    assert f"python -m pip uninstall -y {rival} {wanted} && " in problem
    assert f"python -m pip install --force-reinstall --no-deps {wanted}==" in problem
    assert f"uv pip uninstall {rival} {wanted} && uv pip install --reinstall --no-deps {wanted}==" in problem


def test_every_mix_has_its_own_problem(site: Site) -> None:
    site.install("opencv-python", "cv2")
    site.install("opencv-python-headless", "cv2")
    site.install("pygame", "pygame")
    first, second = site.problems()
    assert first.startswith("opencv-python and opencv-python-headless and opencv-contrib-python share")
    assert second.startswith("pygame and pygame-ce share")


def test_what_an_uninstalled_rival_took_with_it_is_seen(site: Site, tmp_path: Path) -> None:
    (tmp_path / "pygame" / "__init__.py").unlink()
    (problem,) = site.problems()
    assert problem.startswith("pygame-ce lost its files")
    assert "pip uninstall" not in problem
    assert "python -m pip install --force-reinstall --no-deps pygame-ce==" in problem


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    Site(tmp_path).install("pygame-ce", "pygame")
    (problem,) = package_problems([str(tmp_path)])
    assert problem.startswith("opencv-contrib-python is not installed. Mend it with: python -m pip install")


def test_missing_system_libraries_are_named_with_their_packages() -> None:
    (problem,) = library_problems({"libnone-1.so.9": "libnone1", "libnot-there.so.3": "libnot3"})
    assert "lacks libnone-1.so.9, libnot-there.so.3" in problem
    assert problem.endswith("sudo apt install libnone1 libnot3")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux brings them separately")
def test_system_libraries_that_are_there_are_no_problem() -> None:
    assert library_problems(DEBIAN_PACKAGES) == ()
