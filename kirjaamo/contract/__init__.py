"""What a register is made of."""
