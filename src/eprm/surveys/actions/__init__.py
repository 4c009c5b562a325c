"""Every write of surveys: making, answering, counting, showing."""
