"""The yearly report: one document of figures and words, drawn as a page, a PDF and a workbook."""
