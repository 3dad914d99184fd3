"""A provider's question in, a cited Answer out."""
