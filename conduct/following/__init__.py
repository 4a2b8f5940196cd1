"""Following a code or policy: a feed, mails to those who asked for them, and what readers say back.

Nothing here knows a session or a user: the forms stand in pages that are cached for everybody.
"""
