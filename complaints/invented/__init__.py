"""Invented cases in large numbers, for trials of scale: whole histories, written in bulk.

They do not pass through `lifecycle.perform` (that would take hours for a million), but obey it: a
test proves that their events chain, their states are reachable and their clocks recompute.
"""
