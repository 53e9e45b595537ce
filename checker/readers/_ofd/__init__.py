"""OFD: the package and its pages, and what the objects of a page draw."""
