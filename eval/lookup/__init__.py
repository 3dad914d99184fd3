"""The rules lookup, measured: phrasings that the facts do not know in, how often each finds its fact first out."""
