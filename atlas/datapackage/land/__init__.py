"""The land around the places of any cluster: Natural Earth's states and provinces."""
