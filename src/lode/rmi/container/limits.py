"""How much of a stranger's file is looked at. A filled CMRT 6.5 is 1.6 MB, 10 MB inflated, with a sheet of 6 MB."""

MB = 1024 * 1024

FILE_BYTES = 25 * MB
PART_BYTES = 16 * MB
READ_BYTES = 32 * MB
CONTROL_BYTES = 2 * MB
# What all parts together may claim to hold, read by us or not: beyond it the file is no form somebody filled in.
CLAIMED_BYTES = 200 * MB
RATIO = 400
PARTS = 2_000
SHEETS = 100

# The rectangle a sheet's cells span (the parser fills it), and where it is cut when it spans more.
RECTANGLE = 1_500_000
CELLS = 300_000
ROWS = 200_000
STRINGS = 300_000
CELL_TEXT = 512 * 1024
LAST_ROW = 10_000
LAST_COLUMN = 60
# Characters of all cells of a sheet together: one long text may be shown in many cells.
TEXT = 24 * MB

SPIN_COUNT = 200_000
XLS_BYTES = 12 * MB
