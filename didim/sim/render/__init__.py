"""Pictures of a venue, drawn on the CPU."""

from didim.sim.render._outfit import Outfit
from didim.sim.render._people import PersonPose
from didim.sim.render._renderer import VenueRenderer

__all__ = ["Outfit", "PersonPose", "VenueRenderer"]
