"""Which places, firms and words match a selection, and how a view is put into words."""
