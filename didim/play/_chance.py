"""Where chance comes from."""

from random import Random as Rng

__all__ = ["Rng"]
