"""One action on many chosen cases: asked once, shown for each, done for each by `perform`."""
