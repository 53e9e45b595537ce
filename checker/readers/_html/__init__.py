"""HTML: what a page is made of, what of it is text of the report, and its tables."""
