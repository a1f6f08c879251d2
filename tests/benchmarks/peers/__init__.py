"""Hybrid searches of other projects, set up as they say, in a virtual environment of their own."""
