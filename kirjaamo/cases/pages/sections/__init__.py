"""What a case page is made of: one module for each part that it shows."""
