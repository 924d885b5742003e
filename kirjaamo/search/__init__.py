"""The one search box of people who work here: cases, documents, people, register records, the description and the plan."""
