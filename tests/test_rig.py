from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tomli_w

from didim.geometry import DenseMap, PinholeCamera, PlaneMap, RigidPose, Surface
from didim.rig import Area, Blend, Camera, Loudness, Projector, Rig, RigError, darkened, read_rig, write_rig

POSE = RigidPose(np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]]), np.array([2.0, -1.0, 2.2]))
MATRIX = np.array([[900.0, 0, 639.5], [0, 901.0, 359.5], [0, 0, 1]])


def _rig() -> Rig:
    view = PinholeCamera(MATRIX, POSE, np.array([-0.1, 0.02, 0.001, 0.002, 0.0]))
    flat = PlaneMap(np.array([[0.003, 0, 0], [0, -0.003, 2.0], [0, 0.0001, 1]]))
    return Rig(
        name="hall",
        surfaces={"floor": Surface("floor", 4.0, 3.0), "end": Surface("wall", 3.0, 2.0, 0.35)},
        cameras=(
            Camera(
                "front", "floor", (1280, 720), view, {"kind": "webcam", "device": "0"}, 0.05, 0.002, "seated"
            ),
            Camera("flat", "end", (640, 480), flat),
        ),
        projectors=(
            Projector("ceiling", "floor", (16, 9), PlaneMap(np.diag([4.0, 3.0, 1.0])), display=1),
            Projector(
                "short",
                "end",
                (16, 9),
                PlaneMap(np.eye(3)),
                DenseMap(np.random.default_rng(0).normal(size=(9, 16, 2)).astype(np.float32)),
                latency_s=0.03,
                gamma=1.9,
                blend=_blend(),
            ),
        ),
        engine="blazepose",
        areas={
            "floor": Area((((0.0, 0.0), (4.0, 0.0), (4.0, 3.0)),), (((3.0, 0.5), (4.0, 0.5), (4.0, 1.0)),))
        },
    )


def _blend() -> Blend:
    values = np.random.default_rng(1).random((2, 9, 16)).astype(np.float16)
    return Blend(values[0], values[1])


def _write_changed(path: Path, *keys: str | int, value: object) -> None:
    """Write the rig with one key set to `value`."""
    write_rig(_rig(), path)
    fields = tomllib.loads(path.read_text("utf-8"))
    table: object = fields
    for key in keys[:-1]:
        table = table[key]  # type: ignore[index]  # the path is the test's own
    table[keys[-1]] = value  # type: ignore[index]
    path.write_text(tomli_w.dumps(fields), "utf-8")


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "site" / "rig.toml"
    write_rig(_rig(), path)
    rig = read_rig(path)
    first, flat = rig.cameras
    ceiling, short = rig.projectors
    assert (rig.name, rig.engine, rig.surfaces) == ("hall", "blazepose", _rig().surfaces)
    assert isinstance(first.view, PinholeCamera)
    assert isinstance(flat.view, PlaneMap)
    assert np.array_equal(first.view.matrix, MATRIX)
    assert np.array_equal(first.view.surface_from_camera.rotation, POSE.rotation)
    assert (first.source, first.latency_s, first.size_px) == (
        {"kind": "webcam", "device": "0"},
        0.05,
        (1280, 720),
    )
    assert (first.latency_sd_s, flat.latency_sd_s) == (0.002, 0.0)
    assert (first.plays, flat.plays) == ("seated", None)
    assert (ceiling.display, ceiling.surface_from_projector) == (1, None)
    assert short.surface_from_projector is not None
    dense = _rig().projectors[1].surface_from_projector
    assert dense is not None
    assert np.array_equal(short.surface_from_projector.xy, dense.xy)
    assert (short.latency_s, short.gamma, ceiling.gamma) == (0.03, 1.9, 2.2)
    assert ceiling.blend is None
    assert short.blend is not None
    assert np.array_equal(short.blend.weight, _blend().weight)
    assert np.array_equal(short.blend.lift, _blend().lift)
    assert rig.areas == _rig().areas
    assert rig.area("end") == Area()


def test_nobody_plays_lying_down(tmp_path: Path) -> None:
    _write_changed(tmp_path / "rig.toml", "camera", 0, "plays", value="lying")
    with pytest.raises(RigError, match=r"plays"):
        read_rig(tmp_path / "rig.toml")


def test_a_second_writing_changes_no_byte(tmp_path: Path) -> None:
    write_rig(_rig(), tmp_path / "a.toml")
    write_rig(read_rig(tmp_path / "a.toml"), tmp_path / "b.toml")
    assert (tmp_path / "a.toml").read_bytes() == (tmp_path / "b.toml").read_bytes()
    assert len(list(tmp_path.iterdir())) == 4  # both files name the same two arrays


def test_a_file_and_its_arrays_change_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rig.toml"
    write_rig(_rig(), path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    moved = _moved(_rig())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)  # the arrays are there already, the file is not
        with pytest.raises(RigError, match="No space left"):
            write_rig(moved, path)
    old = read_rig(path).projector("short").surface_from_projector
    assert old is not None
    assert np.array_equal(old.xy, _dense(_rig()))
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    write_rig(moved, path)
    new = read_rig(path).projector("short").surface_from_projector
    assert new is not None
    assert np.array_equal(new.xy, _dense(moved))
    assert len(list(tmp_path.iterdir())) == 3  # what nothing names any more is gone


def test_an_array_that_another_rig_file_names_stays(tmp_path: Path) -> None:
    write_rig(_rig(), tmp_path / "a.toml")
    write_rig(_rig(), tmp_path / "b.toml")
    write_rig(_moved(_rig()), tmp_path / "a.toml")
    other = read_rig(tmp_path / "b.toml").projector("short").surface_from_projector
    assert other is not None
    assert np.array_equal(other.xy, _dense(_rig()))


def _dense(rig: Rig) -> np.ndarray:
    dense = rig.projector("short").surface_from_projector
    assert dense is not None
    return dense.xy


def _moved(rig: Rig) -> Rig:
    ceiling, short = rig.projectors
    return replace(
        rig,
        projectors=(ceiling, replace(short, surface_from_projector=DenseMap(_dense(rig) + np.float32(0.5)))),
    )


@pytest.mark.parametrize(
    ("keys", "near", "where"),
    [
        (("nmae",), "name", "the file"),
        (("surface", 0, "widht_m"), "width_m", "[surface[0]]"),
        (("camera", 0, "latency"), "latency_s", "[camera[0]]"),
        (
            ("camera", 0, "surface_from_camera", "translation"),
            "translation_m",
            "[camera[0].surface_from_camera]",
        ),
        (("projector", 1, "displays"), "display", "[projector[1]]"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest(
    tmp_path: Path, keys: tuple[str | int, ...], near: str, where: str
) -> None:
    _write_changed(tmp_path / "rig.toml", *keys, value=1)
    with pytest.raises(RigError) as caught:
        read_rig(tmp_path / "rig.toml")
    message = str(caught.value)
    assert f"unknown key {keys[-1]!r} in {where}" in message
    assert f"did you mean {near!r}" in message
    assert "rig.toml" in message
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("keys", "value", "told"),
    [
        (("format",), 2, "another version"),
        (("surface", 0, "kind"), "ceiling", "ceiling"),
        (("surface", 0, "width_m"), 0.0, "between 0.2 and 50 metres"),
        (("surface", 0, "width_m"), "wide", "Expected `float`"),
        (("camera", 0, "surface"), "table", "'table'"),
        (("camera", 0, "matrix"), [[0.0, 0, 0], [0, 0, 0], [0, 0, 1]], "focal"),
        (("camera", 0, "surface_from_camera", "rotation"), np.diag([1.0, 1, -1]).tolist(), "mirrored"),
        (("projector", 0, "projector_from_surface"), np.ones((3, 3)).tolist(), "invertible"),
        (("projector", 1, "size_px"), [32, 9], "calibrate again"),
        (("projector", 0, "gamma"), 0.4, "between 1.0 and 4.0"),
        (("projector", 1, "blend_file"), "gone.npy", "gone.npy"),
        (("surface", 0, "keep_out"), [[[0.0, 0.0], [1.0, 1.0]]], "three corners or more"),
        (("projector", 1, "surface_from_projector_file"), "gone.npy", "gone.npy"),
    ],
)
def test_a_bad_value_is_told(tmp_path: Path, keys: tuple[str | int, ...], value: object, told: str) -> None:
    _write_changed(tmp_path / "rig.toml", *keys, value=value)
    with pytest.raises(RigError, match=re.escape(told)):
        read_rig(tmp_path / "rig.toml")


def test_a_camera_needs_a_view(tmp_path: Path) -> None:
    write_rig(_rig(), tmp_path / "rig.toml")
    fields = tomllib.loads((tmp_path / "rig.toml").read_text("utf-8"))
    del fields["camera"][0]["matrix"]
    (tmp_path / "rig.toml").write_text(tomli_w.dumps(fields), "utf-8")
    with pytest.raises(RigError, match="'front' needs matrix and surface_from_camera"):
        read_rig(tmp_path / "rig.toml")


def test_no_file_and_no_toml_are_told(tmp_path: Path) -> None:
    with pytest.raises(RigError, match="didim rig import"):
        read_rig(tmp_path / "none.toml")
    (tmp_path / "rig.toml").write_text("name = ", "utf-8")
    with pytest.raises(RigError, match="TOML"):
        read_rig(tmp_path / "rig.toml")


def test_things_are_found_by_name_or_first() -> None:
    rig = _rig()
    assert rig.camera().name == "front"
    assert rig.camera("flat").name == "flat"
    assert rig.projector("short").name == "short"
    with pytest.raises(RigError, match="'front', 'flat'"):
        rig.camera("back")
    with pytest.raises(RigError, match=r"it has: none. Add a \[\[camera\]\]"):
        replace(rig, cameras=()).camera()


@pytest.mark.parametrize("name", ["front", "flat"])
@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5])
def test_a_view_for_another_picture_size_sees_the_same_floor(name: str, scale: float) -> None:
    camera = _rig().camera(name)
    width, height = camera.size_px
    points = np.array([[0.0, 0.0], [width - 1.0, height - 1.0], [300.0, 400.0]])
    resized = (points + 0.5) * scale - 0.5
    view = camera.view_at((round(width * scale), round(height * scale)))
    assert np.allclose(
        view.surface_points(resized), camera.view.surface_points(points), atol=1e-9, equal_nan=True
    )


def test_a_slightly_narrower_picture_is_the_whole_one_fitted_in() -> None:
    camera = replace(_rig().camera(), size_px=(1088, 1920))
    view = camera.view_at((1080, 1920))
    below_middle = np.array([[0.0, 0.0], [0.0, 300.0], [200.0, 500.0]])
    assert np.allclose(
        view.surface_points(below_middle * 1080 / 1088 + np.array([539.5, 959.5])),
        camera.view.surface_points(below_middle + np.array([543.5, 959.5])),
        equal_nan=True,
    )


def test_a_picture_of_another_shape_is_refused() -> None:
    with pytest.raises(RigError, match="1280x720 pictures and gives 640x480"):
        _rig().camera().view_at((640, 480))


@pytest.mark.parametrize(
    ("engine", "keys"),
    [
        ("auto", ""),
        ("mediapipe", 'engine = "mediapipe"'),
        ("auto@cuda", 'provider = "cuda"'),
        ("rtmdet+tinypose", 'detector = "rtmdet"\nlandmarks = "tinypose"'),
        ("rtmdet+tinypose@openvino", 'detector = "rtmdet"\nlandmarks = "tinypose"\nprovider = "openvino"'),
    ],
)
def test_an_engine_is_chosen_by_name_or_by_its_halves(tmp_path: Path, engine: str, keys: str) -> None:
    write_rig(replace(_rig(), engine=engine), tmp_path / "rig.toml")
    text = (tmp_path / "rig.toml").read_text("utf-8")
    for line in keys.splitlines():
        assert line in text
    assert read_rig(tmp_path / "rig.toml").engine == engine


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('detector = "rtmdet"', "detector and landmarks are two halves of one engine"),
        ('engine = "mediapipe"\ndetector = "a"\nlandmarks = "b"', "give either engine = 'mediapipe' or"),
    ],
)
def test_half_an_engine_or_two_are_refused(tmp_path: Path, keys: str, told: str) -> None:
    path = tmp_path / "rig.toml"
    write_rig(replace(_rig(), engine="auto"), path)
    path.write_text(f"{keys}\n{path.read_text('utf-8')}", "utf-8")
    with pytest.raises(RigError, match=told):
        read_rig(path)


def test_night_is_quieter_also_over_midnight() -> None:
    loudness = Loudness(0.8, 0.2, ("21:00", "07:00"))
    assert [loudness.at(60 * hour) for hour in (20, 21, 0, 6, 7, 12)] == [0.8, 0.2, 0.2, 0.2, 0.8, 0.8]
    assert Loudness(0.8, 0.2, ("07:00", "07:00")).at(60 * 7) == 0.8
    assert Loudness(0.1, 0.2).at(60 * 23) == 0.1, "the night is no louder than the day"
    with pytest.raises(ValueError, match="between 0 and 1"):
        Loudness(1.5)
    with pytest.raises(ValueError, match="times of day"):
        Loudness(night=("9 pm", "07:00"))


def test_a_blend_of_another_size_is_refused() -> None:
    short = _rig().projector("short")
    narrow = Blend(_blend().weight[:, 1:], _blend().lift[:, 1:])
    with pytest.raises(ValueError, match="its blend is for 15x9 pixels"):
        replace(short, blend=narrow)
    with pytest.raises(ValueError, match="weight lies between 0 and 1"):
        Blend(_blend().weight + np.float16(1), _blend().lift)


@pytest.mark.parametrize("gamma", [1.8, 2.2])
def test_two_weights_add_up_in_light(gamma: float) -> None:
    share = np.linspace(0, 1, 16, dtype=np.float16)[None].repeat(9, axis=0)
    none = np.zeros_like(share)
    picture = np.full((9, 16, 3), 180, np.uint8)
    light = sum(
        (Blend(each, none).apply(picture, gamma) / 255.0) ** gamma for each in (share, np.float16(1) - share)
    )
    assert np.abs(light / (180 / 255) ** gamma - 1).max() < 0.03


def test_black_is_lifted_and_white_stays_white() -> None:
    lift = np.full((9, 16), 0.01, np.float16)
    blend = Blend(np.ones_like(lift), lift)
    black, white = (blend.apply(np.full((9, 16), grey, np.uint8), 2.0) for grey in (0, 255))
    assert np.all(black == round(255 * 0.1))
    assert np.all(white == 255)


def test_an_area_holds_what_is_usable_and_not_kept_out() -> None:
    points = np.array([[0.5, 0.2], [3.9, 0.6], [0.5, 2.0], [3.5, 2.0], [-1.0, 0.2]])
    assert _rig().area("floor").holds(points).tolist() == [True, False, False, True, False]
    assert _rig().area("end").holds(points).all()
    sofa = Area(keep_out=(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)),))
    assert sofa.holds(points).tolist() == [False, True, True, True, True]


def test_a_projector_leaves_dark_what_is_kept_off() -> None:
    ceiling, short = _rig().projectors
    plane = replace(ceiling, size_px=(400, 300), projector_from_surface=PlaneMap(np.diag([100.0, 100, 1])))
    bench = Area(keep_out=(((3.0, 0.5), (4.0, 0.5), (4.0, 1.5), (3.0, 1.5)),))
    blend = darkened(plane, bench).blend
    assert blend is not None
    assert np.all(blend.weight[60:140, 310:390] == 0)
    assert np.all(blend.weight[:, :290] == 1)
    assert darkened(plane, Area()) is plane
    everywhere = Area(keep_out=(((-99.0, -99.0), (99.0, -99.0), (99.0, 99.0), (-99.0, 99.0)),))
    dark = darkened(short, everywhere).blend
    assert dark is not None
    assert not dark.weight.any()
    assert not dark.lift.any()
    assert bench.keeps_off(3.5, 1.0)
    assert not bench.keeps_off(2.5, 1.0)
    assert not Area().keeps_off(0.0, 0.0)
