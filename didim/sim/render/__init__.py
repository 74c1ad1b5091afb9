"""Pictures of a venue, drawn on the CPU."""

from didim.sim.render._outfit import Outfit
from didim.sim.render._people import PersonPose
from didim.sim.render._renderer import VenueRenderer
from didim.sim.render._sensor import Sensor

__all__ = ["Outfit", "PersonPose", "Sensor", "VenueRenderer"]
