"""Builds the land that is drawn around the places of any cluster."""
