"""What a DOCX file says, part by part; `checker.readers.docx` makes blocks of it."""
