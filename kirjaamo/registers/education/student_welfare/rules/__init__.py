"""The rules of student welfare (1287/2013): the clock of a talk, statements of will and disclosure, staffing. Plain Python."""
