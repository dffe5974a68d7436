"""Reading a data package: its descriptor, its sheets, its typed rows, its faults."""
