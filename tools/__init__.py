"""Commands for those who keep the data, none of which the dashboard needs."""
