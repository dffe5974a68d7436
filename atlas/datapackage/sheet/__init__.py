"""One table of places, as people have it, made into a data package."""
