"""Was a form sent from our own pages? Answered in the lowest layer, whose pages have forms too."""

from conduct.same_site import is_from_own_site

__all__ = ["is_from_own_site"]
