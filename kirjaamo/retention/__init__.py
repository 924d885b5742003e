"""How long each document and case is kept: clocks that are stored, reckoned anew when an input changes, and never guessed."""
