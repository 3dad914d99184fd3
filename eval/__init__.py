"""Question sets in, a scored report out: cases -> answers -> scores -> metrics -> report, comparison and gate."""
