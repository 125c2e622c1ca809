"""Where things stand on each paper: drawn with ReportLab, computing no amount."""
