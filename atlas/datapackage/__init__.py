"""Load and check data packages, and make them of single tables."""
