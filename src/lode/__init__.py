"""`lode` knows minerals: declarations, smelters, places, risks.

No Django, no network, no clock (a date is always passed in), no environment.
"""
