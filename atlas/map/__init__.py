"""The map: one scene of marks and names, and the decks of pydeck that draw it."""
