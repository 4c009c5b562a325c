"""A declaration into a user's own blank template, so that its formulas, Checker, drawings and lists stay live."""

from lode.rmi.write.writer import Written, write

__all__ = ["Written", "write"]
