"""The command line: one module for each sub-command, nothing heavy imported before it runs."""
