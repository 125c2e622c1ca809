"""The use cases, as verbs; each takes ids and values, loads its root locked, and runs in the caller's unit of work."""
