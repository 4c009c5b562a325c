"""Bytes of a workbook to a `Reading`: the declaration it holds, and what is odd or wrong about the file itself."""

from lode.rmi.read.reader import read

__all__ = ["read"]
