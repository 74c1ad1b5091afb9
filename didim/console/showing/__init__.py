"""A console to look at without a rig: robots play, and records are made up with a seed.

For pictures of the pages and for tests of them in a browser; nothing of it runs in a real console.
"""

from didim.console.showing._records import write_records
from didim.console.showing._robots import RobotDesk
from didim.console.showing._show import Show, shown

__all__ = ["RobotDesk", "Show", "shown", "write_records"]
