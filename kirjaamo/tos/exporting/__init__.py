"""The plan in files: CSV, Excel, JSON, PDF."""
