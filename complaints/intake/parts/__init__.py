"""The complaint form in parts: each a step of its own, or all of them on one page (table C1)."""
