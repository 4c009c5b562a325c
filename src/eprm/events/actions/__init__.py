"""Every write, by noun: events, registrations, reminders."""
