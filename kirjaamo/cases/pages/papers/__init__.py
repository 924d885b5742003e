"""The pages of a document of a case: what it is, its files as they are seen here, and what may be done to it."""
