"""Commands that rebuild or check the data; the server does not need them."""
