"""Parts of pages that are a chapter of their own."""
