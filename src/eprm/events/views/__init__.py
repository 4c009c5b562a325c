"""The pages, by noun: events, registrations, calendars, and what the organiser keeps."""
