"""Every write about field visits, by noun."""
