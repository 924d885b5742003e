"""The pages of the case register: work, list, case, acts, and the public register."""
