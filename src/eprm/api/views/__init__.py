"""Thin edges: the API described for people, and webhooks."""
