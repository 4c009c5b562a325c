"""The pages, by noun: the plan, campaigns."""
