"""What fills a cell without words: a figure, a dash, a slash, or nothing."""

import re

VALUE = re.compile(r"\s*(?:[\d０-９.,，．+-]+%?|[-—－/／]*)\s*")
