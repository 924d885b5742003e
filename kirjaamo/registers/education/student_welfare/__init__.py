"""Student welfare (opiskeluhuolto): three registers that never merge, and what they count with."""
