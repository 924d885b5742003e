"""What three or more registers share. A mechanism grows from registers that exist; it holds no tables of its own."""
