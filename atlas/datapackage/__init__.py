"""Whether a data package is sound, and what is in it."""
