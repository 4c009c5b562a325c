"""Every write, by noun: the plan, campaigns."""
