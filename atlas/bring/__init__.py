"""The command that makes a data package of one table: `python -m atlas.bring sites.xlsx`."""
