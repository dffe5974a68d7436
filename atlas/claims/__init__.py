"""Every statement of the atlas with its source, as one kind of record."""
