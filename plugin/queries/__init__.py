"""What lists and pages read: scoped to the practices of who looks, paged by keyset, columns rather than objects."""
