"""The endpoints of our own routes."""
