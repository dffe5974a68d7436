"""What a reader asked for, and which places answer."""
