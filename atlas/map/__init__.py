"""What stands where on the map: one scene, and as a deck of pydeck."""
