"""The API: what the registers' pages do, for programs; open data; and the door by which an existing system reports its cases."""
