"""models/<name>.toml is read whole or refused with a word on what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from didim.content import ContentError, content_roots
from didim.pose.weights import WeightsError, list_models, net_path
from didim.pose.weights._manifest import find_manifest, read_manifests

if TYPE_CHECKING:
    from tests.pose.weights.conftest import TinyModel


def test_didims_own_models_are_complete() -> None:
    model = find_manifest("blazepose")
    assert model.licence == "Apache-2.0"
    assert set(model.nets) == {"detector", "landmarks"}
    assert set(model.net("detector").outputs) == {"boxes", "scores"}
    assert set(model.net("landmarks").outputs) == {"points", "presence", "heatmaps", "points_m"}


def test_an_unknown_key_is_named_with_the_nearest(tiny: TinyModel) -> None:
    tiny.write_manifest(sha265="00")
    with pytest.raises(ContentError, match=r"unknown key 'sha265' in \[nets.*did you mean 'sha256'"):
        read_manifests()


def test_a_missing_key_is_named(tiny: TinyModel) -> None:
    tiny.manifest.write_text(tiny.manifest.read_text().replace('title = "Tiny"\n', ""))
    with pytest.raises(ContentError, match=r"tiny.toml: .*missing required field `title`"):
        read_manifests()


def test_a_model_or_net_that_is_not_there_is_told_what_is(tiny: TinyModel) -> None:
    with pytest.raises(WeightsError, match="no model 'tinny'; there is blazepose, tiny"):
        net_path("tinny", "net")
    with pytest.raises(WeightsError, match="Tiny has no net 'nest'; it has net"):
        net_path("tiny", "nest")


def test_two_models_of_one_name_are_refused(tiny: TinyModel) -> None:
    tiny.manifest.rename(tiny.manifest.with_name("blazepose.toml"))
    with pytest.raises(WeightsError, match="there is a model 'blazepose' already"):
        list_models()


def test_a_site_adds_models_to_didims_own(tiny: TinyModel) -> None:
    assert content_roots("models")[1:] == (tiny.manifest.parent,)
    assert [model.name for model in list_models()] == ["blazepose", "tiny"]
