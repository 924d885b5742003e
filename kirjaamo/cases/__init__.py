"""The case register: cases, their stages, parties, documents and numbers."""
