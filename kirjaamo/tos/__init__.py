"""The information control plan: classes, their approved revisions, stages, measures, document types and rules."""
