"""The table of layouts."""

from __future__ import annotations

from didim.pose.layouts._body import JOINT_SETS
from didim.pose.layouts._layout import Layout, Port

WHOLE_NUMBERS = ("uint8", "int32", "float32")
PLANES = Port("picture", ("N", 3, "H", "W"))


def _known_joints(lengths: dict[str, int]) -> str | None:
    known = ", ".join(map(str, JOINT_SETS))
    return None if lengths["K"] in JOINT_SETS else f"{lengths['K']} joints, known are {known}"


def _simcc(lengths: dict[str, int]) -> str | None:
    if lengths["X"] * lengths["H"] != lengths["Y"] * lengths["W"] or lengths["X"] < lengths["W"]:
        return "the bins do not divide the input's width and height alike"
    return _known_joints(lengths)


def _heatmap(lengths: dict[str, int]) -> str | None:
    if lengths["H"] * lengths["w"] != lengths["W"] * lengths["h"] or lengths["h"] > lengths["H"]:
        return "the maps have not the input's shape"
    return _known_joints(lengths)


def _cells(lengths: dict[str, int]) -> str | None:
    """A grid of strides 8, 16 and 32 over the input."""
    expected = sum((lengths["H"] // stride) * (lengths["W"] // stride) for stride in (8, 16, 32))
    if lengths["A"] != expected:
        return f"an input of {lengths['W']}x{lengths['H']} has {expected} cells of 8, 16 and 32 px"
    return None


LAYOUTS: dict[str, Layout] = {
    "rtmdet": Layout(
        title="RTMDet, end to end",
        role="detector",
        net="didim.pose.layouts.rtmdet:RTMDet",
        input=PLANES,
        outputs=(
            Port("dets", ("N", "M", 5)),
            Port("labels", ("N", "M"), ("int64", "int32")),
        ),
        size_px=(384, 640),
        rank=3,
    ),
    "picodet": Layout(
        title="PicoDet, without its last step",
        role="detector",
        net="didim.pose.layouts.picodet:PicoDet",
        input=PLANES,
        outputs=(Port("boxes", ("N", "A", 4)), Port("scores", ("N", "C", "A"), low=0.0, high=1.0)),
        size_px=(320, 320),
        rank=1,
    ),
    "yolox": Layout(
        title="YOLOX, the grid undecoded",
        role="detector",
        net="didim.pose.layouts.yolox:YOLOX",
        input=PLANES,
        outputs=(Port("grid", ("N", "A", 85)),),
        size_px=(416, 416),
        rank=2,
        sound=_cells,
    ),
    "simcc": Layout(
        title="SimCC: RTMPose with 17, 26 or 133 joints",
        role="landmarks",
        net="didim.pose.layouts.simcc:SimCC",
        input=PLANES,
        outputs=(Port("simcc_x", ("N", "K", "X")), Port("simcc_y", ("N", "K", "Y"))),
        size_px=(256, 192),
        rank=4,
        sound=_simcc,
    ),
    "heatmap": Layout(
        title="heat maps: PP-TinyPose, HRNet and their like",
        role="landmarks",
        net="didim.pose.layouts.heatmap:Heatmap",
        input=PLANES,
        outputs=(Port("heatmaps", ("N", "K", "h", "w"), high=1.5),),
        size_px=(256, 192),
        rank=3,
        sound=_heatmap,
    ),
    "blazepose": Layout(
        title="BlazePose's landmark net",
        role="landmarks",
        net="didim.pose.layouts.blazepose:BlazeLandmarker",
        input=Port("picture", ("N", 256, 256, 3)),
        outputs=(
            Port("points", ("N", 195)),
            Port("presence", ("N", 1), low=0.0, high=1.0),
            Port("heatmaps", ("N", 64, 64, 39)),
            Port("points_m", ("N", 117)),
        ),
        size_px=(256, 256),
        rank=2,
    ),
    "movenet": Layout(
        title="MoveNet SinglePose; alone it follows one person",
        role="landmarks",
        net="didim.pose.layouts.movenet:MoveNet",
        input=Port("picture", ("N", "S", "S", 3), WHOLE_NUMBERS),
        outputs=(Port("joints", ("N", 1, 17, 3), low=-1.0, high=2.0),),
        size_px=(192, 192),
        rank=1,
        alone=True,
    ),
    "rtmo": Layout(
        title="RTMO, end to end",
        role="whole",
        net="didim.pose.layouts.rtmo:RTMO",
        input=PLANES,
        outputs=(Port("dets", ("N", "M", 5)), Port("keypoints", ("N", "M", 17, 3))),
        size_px=(640, 640),
        rank=3,
    ),
    "yolo-pose": Layout(
        title="YOLO-pose v8 and 11, as exported",
        role="whole",
        net="didim.pose.layouts.yolo_pose:YOLOPose",
        input=PLANES,
        outputs=(Port("columns", ("N", 56, "A")),),
        size_px=(640, 640),
        rank=2,
        sound=_cells,
    ),
    "yolo-pose-e2e": Layout(
        title="YOLO-pose, end to end",
        role="whole",
        net="didim.pose.layouts.yolo_pose:YOLOPoseEndToEnd",
        input=PLANES,
        outputs=(Port("rows", ("N", "M", 57)),),
        size_px=(640, 640),
        rank=2,
    ),
    "movenet-multi": Layout(
        title="MoveNet MultiPose",
        role="whole",
        net="didim.pose.layouts.movenet:MoveNetMulti",
        input=Port("picture", ("N", "H", "W", 3), WHOLE_NUMBERS),
        outputs=(Port("rows", ("N", 6, 56)),),
        size_px=(256, 256),
        rank=1,
    ),
}
