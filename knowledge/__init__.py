"""Texts: which there are, what they say, and when they were in force."""
