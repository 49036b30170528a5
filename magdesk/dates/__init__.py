"""Dates as people know and write them: how they are stored, other calendars, the months of many languages."""
