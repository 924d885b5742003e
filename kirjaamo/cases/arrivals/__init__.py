"""What arrives, before it is a case: messages read and taken apart, times that the law counts, what resembles what."""
