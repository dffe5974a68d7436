"""What the server answers: an endpoint for each kind of address."""
