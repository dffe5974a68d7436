"""The claims of the atlas, of whatever table, as one kind of record: told, chosen, counted."""
