"""The running system: its processes, their channels, and the loop in each.

Read `processes.py` first: it is the whole system in one table.
"""
