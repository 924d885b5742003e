"""What only a register itself can say of its measuring: a module named as its app, with any of these functions.

``grow(register, count)`` fills the register when copying rows of its main kind is not enough; ``calculate()`` does one calculation;
``run()`` does one bulk run; ``reader(register)`` returns the account that opens the pages. Each is optional.
"""
