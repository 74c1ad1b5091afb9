"""rig.toml: the surfaces, cameras and projectors of one place.

The file is read once, checked whole and never changed while running. docs/rig.md lists every key.
"""

from didim.rig._area import Area
from didim.rig._blend import Blend
from didim.rig._dark import darkened
from didim.rig._file import TABLES, read_rig, write_rig
from didim.rig._footing import Footing, footing_of, why_unfollowed
from didim.rig._loudness import Loudness
from didim.rig._maps import arrays_named
from didim.rig._parts import Camera, Projector, Rig, RigError

__all__ = [
    "TABLES",
    "Area",
    "Blend",
    "Camera",
    "Footing",
    "Loudness",
    "Projector",
    "Rig",
    "RigError",
    "arrays_named",
    "darkened",
    "footing_of",
    "read_rig",
    "why_unfollowed",
    "write_rig",
]
