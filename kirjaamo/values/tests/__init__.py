"""Tests of the values: worked examples of the law, edges and properties."""
