"""Content is found by its folders and read by its manifests."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from didim import content
from didim.content import ContentError, content_roots, read_manifest


class Leaf(msgspec.Struct, forbid_unknown_fields=True):
    size_px: int


class Tree(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    leaves: dict[str, Leaf] = {}
    seeds: list[Leaf] = []
    root: Leaf | None = None


def test_didims_own_content_comes_first_then_the_sites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = [tmp_path / "club", tmp_path / "school", tmp_path / "nowhere"]
    for folder in (sites[0] / "games", sites[1] / "games", sites[1] / "models"):
        folder.mkdir(parents=True)
    monkeypatch.setenv("DIDIM_CONTENT", os.pathsep.join(map(str, sites)))
    checkout = Path(content.__file__).parents[1]
    assert content_roots("games") == (checkout / "games", sites[0] / "games", sites[1] / "games")
    assert content_roots("models") == (checkout / "models", sites[1] / "models")


def test_the_sites_own_folder_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIDIM_CONTENT", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, appauthor: tmp_path / name)
    assert len(content_roots("games")) == 1
    (tmp_path / "didim" / "games").mkdir(parents=True)
    assert content_roots("games")[1:] == (tmp_path / "didim" / "games",)


def test_a_wheels_content_takes_the_place_of_the_checkouts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_CONTENT", "")
    monkeypatch.setattr(content, "__file__", str(tmp_path / "didim" / "content.py"))
    for folder in ("games", "didim/_bundled/games"):
        (tmp_path / folder).mkdir(parents=True)
    assert content_roots("games") == (tmp_path / "didim" / "_bundled" / "games",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", r"unknown key 'titel' in the file; did you mean 'title'\? Valid keys: title, leaves"),
        (
            "title = 'x'\n[leaves.oak]\nsize = 1",
            r"unknown key 'size' in \[leaves\[...\]\]; did you mean 'size_px'",
        ),
        ("title = 'x'\n[[seeds]]\nsize = 1", "did you mean 'size_px'"),
        ("title = 'x'\n[root]\nsize = 1", "did you mean 'size_px'"),
        ("title = 1", "Expected `str`, got `int`"),
        ("title", "cannot be read as TOML"),
    ],
)
def test_a_manifest_that_cannot_be_used_says_what_to_write(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "tree.toml"
    path.write_text(text)
    with pytest.raises(ContentError, match=f"tree.toml: .*{message}"):
        read_manifest(path, Tree)


def test_a_manifest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tree.toml"
    path.write_text("title = 'oak'\n[leaves.one]\nsize_px = 3")
    assert read_manifest(path, Tree) == Tree("oak", {"one": Leaf(3)})
