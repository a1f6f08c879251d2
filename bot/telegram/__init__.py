"""The Telegram side: thin handlers over the answering core."""
