"""Answers to people: quotation, follow-up, rendering, the command line and Telegram."""
