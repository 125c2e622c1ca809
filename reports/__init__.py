"""The papers: what stands on them (content) and where it stands (layout)."""
