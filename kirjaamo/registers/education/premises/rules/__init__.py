"""The rules of the register, plain Python: times of use, fees, allocation of turns."""
