"""Parts of pages in modules of their own."""
