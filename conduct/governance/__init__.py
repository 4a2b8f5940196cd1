"""Reports for staff: how far translations have come, who answers for what, which certificates end.

Everything here reads; nothing is stored.
"""
