"""Where cameras and projectors stand: today from a published calibration, in metres on the surface."""
