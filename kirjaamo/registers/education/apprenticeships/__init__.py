"""Apprenticeships (oppisopimuskoulutuksen tietojärjestelmä)."""
