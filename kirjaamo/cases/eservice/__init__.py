"""The e-service of the registry office: anyone starts a matter or sends a document to an open case, without an account."""
