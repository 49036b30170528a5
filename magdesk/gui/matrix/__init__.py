"""The element matrix: which facts prove which element of which ground, painted so that it is read at a glance."""
