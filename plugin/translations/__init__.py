"""The English texts of the screens, keyed by their German sentences."""
