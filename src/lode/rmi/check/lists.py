"""Rules about the Product List and the Mine List."""

from __future__ import annotations

from collections.abc import Iterator

from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, listed


def check_lists(book: Book) -> Iterator[Finding]:
    """Products without a number, a product scope without products, and mines that lack what the template requires."""
    products = book.declaration.products
    unnumbered = [line for line in products if not line.number and (line.name or line.comment)]
    if unnumbered:
        where = cells.where(f"{book.column('products', 'number')}{line.row}" for line in unnumbered)
        yield finding("CMRT-W24", where, count=len(unnumbered), rows=listed(line.row for line in unnumbered))
    if book.declaration.scope == "B" and not products and not book.form.products:
        yield finding("CMRT-W27", book.place("scope"))
    lacking = {
        line.row: [column for column in ("smelter", "name", "country") if not getattr(line, column)]
        for line in book.declaration.mines
        if line.metal
    }
    lacking = {row: columns for row, columns in lacking.items() if columns}
    if lacking:
        where = cells.where(
            f"{book.column('mines', column)}{row}" for row, columns in lacking.items() for column in columns
        )
        yield finding("CMRT-W25", where, count=len(lacking), rows=listed(lacking))
