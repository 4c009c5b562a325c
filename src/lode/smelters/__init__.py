"""The smelter register: names, numbers, status on a date, and matching."""
