"""Policy files in, a searchable index out: Document -> Section -> Chunk -> Chroma and keyword search."""
