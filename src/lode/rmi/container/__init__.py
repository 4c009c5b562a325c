"""Opening a stranger's file: bytes to a `Workbook` of plain grids, or the findings that say why not.

Nothing of the file is trusted: what is handed to the workbook parser is a small package of our own with only the parts
that are needed, each inflated under a limit and scanned first. Nothing is ever written to disk.
"""

from lode.rmi.container.grid import Grid
from lode.rmi.container.open import open_workbook
from lode.rmi.container.workbook import Workbook

__all__ = ["Grid", "Workbook", "open_workbook"]
