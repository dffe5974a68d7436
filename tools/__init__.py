"""Commands that rebuild or check the data; they are not part of what is served."""
