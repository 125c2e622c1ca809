"""What stands on each paper: frozen values, tested without a PDF."""
