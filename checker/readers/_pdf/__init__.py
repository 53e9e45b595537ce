"""PDF: what pdfium gives of a page, its characters, its rules and what else is drawn on it."""
