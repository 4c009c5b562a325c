"""Thin edges: each view reads its input, calls one action or query, and answers."""
