"""Thin edges: read input, call one action or query, answer."""
