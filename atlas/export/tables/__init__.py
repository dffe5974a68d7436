"""The columns of the tables that are exported."""
