"""The records of the practice: one aggregate in each module."""
