"""Every write about the dated lists."""
