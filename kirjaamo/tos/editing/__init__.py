"""Writing drafts: the classes, stages, measures, document types and rules of a revision that is not approved yet."""
