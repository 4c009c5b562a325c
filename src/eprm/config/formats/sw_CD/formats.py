"""Swahili as in DR Congo: as elsewhere, with the decimal comma the country writes."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
