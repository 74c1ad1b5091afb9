"""The console's pages: what an instructor, an installer and an admin see on a tablet or a phone.

`mount` puts them under the console's application; they ask `didim.console.service.Service` for everything.
"""

from didim.console.pages._mount import mount, mounted, register
from didim.console.pages._visit import Site

__all__ = ["Site", "mount", "mounted", "register"]
