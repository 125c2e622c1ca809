"""The migrations of the host's own tables, one file a release that changed them."""
